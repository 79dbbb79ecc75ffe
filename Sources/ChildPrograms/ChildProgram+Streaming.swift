import Glibc

extension ChildProgram {
  /// Runs the program and hands `body` what it writes to its standard output, piece by piece.
  ///
  /// Returns how it ended and what it wrote to its standard error, of which `outputLimit` bytes are kept. An error of
  /// `body` ends the program and is thrown on; so is `CancellationError` if a signal, such as that of Ctrl-C, ended it.
  package func run(
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (ending: Ending, errors: [UInt8]) {
    let (output, errors, child) = try startWithErrors()
    var text: [UInt8] = []
    do {
      try forEachPiece(of: [output.descriptor, errors.descriptor]) { descriptor, piece in
        if descriptor == output.descriptor {
          try body(piece)
        } else {
          text += piece.prefix(outputLimit - text.count)
        }
      }
    } catch {
      child.send(SIGKILL)
      _ = try child.waitForEnd()
      throw error
    }
    switch try child.waitForEnd() {
    case .exited(let status): return (.exited(status: status), text)
    case .killed(SIGINT), .killed(SIGTERM): throw CancellationError()
    case .killed(let signal): return (.killed(signal: signal), text)
    }
  }

  /// The reading ends of its output and its errors; the writing ends are the program's alone.
  private func startWithErrors() throws -> (output: Pipe.End, errors: Pipe.End, Child) {
    let errors = try Pipe()
    let (output, child) = try start(errors: errors.writing.descriptor)
    return (output, errors.reading, child)
  }

  /// Reads from all `descriptors` until each is at its end.
  private func forEachPiece(
    of descriptors: [Int32], _ body: (Int32, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while !requests.isEmpty {
      guard poll(&requests, nfds_t(requests.count), -1) > 0 else {
        guard errno == EINTR else { throw ChildProgramError(code: errno) }
        continue
      }
      for request in requests where request.revents != 0 {
        let count = read(request.fd, buffer.baseAddress, buffer.count)
        switch count {
        case 1...: try body(request.fd, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        case 0: requests.removeAll { $0.fd == request.fd }
        default: guard errno == EINTR else { throw ChildProgramError(code: errno) }
        }
      }
    }
  }
}
