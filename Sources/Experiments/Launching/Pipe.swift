import Glibc

/// The two ends of a pipe; each is closed with the last who has it. No child gets them unless it is handed them.
struct Pipe {
  let reading: End
  let writing: End

  final class End: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
  }

  /// A new pipe; throws the `errno` of why there is none.
  init() throws(SystemError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemError(code: errno) }
    (reading, writing) = (End(ends[0]), End(ends[1]))
    // Not at once with making them, as Linux could do it: no other thread of this program starts children.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }
}

/// The `errno` of a call that failed.
struct SystemError: Error, CustomStringConvertible {
  let code: Int32

  var description: String { String(cString: strerror(code)) }
}
