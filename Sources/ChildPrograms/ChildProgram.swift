import Glibc

/// A program of the system, to be run and waited for.
package struct ChildProgram: Sendable {
  /// The way a program ended.
  package enum Ending: Equatable, Sendable {
    /// By itself.
    case exited(status: Int32)
    /// By a signal that others sent.
    case killed(signal: Int32)
    /// It was stopped, since it wrote more than `outputLimit`.
    case cut
    /// It was stopped, since its time was over.
    case timedOut
  }

  /// Its name, searched for in $PATH, and its arguments.
  private let arguments: [String]
  /// Its working folder; nil for that of this process.
  package var directory: String?
  /// No variable whose name begins so is passed on.
  package var hiddenVariables: String?
  /// Set for the program only: `NAME=value`, in place of variables of these names.
  package var variables: [String] = []
  /// True if it can ask nothing, and its standard error goes nowhere.
  package var isQuiet = false
  /// The most bytes of output that are kept.
  package var outputLimit = 1 << 16
  /// The time it may run; by default as long as it takes.
  package var timeLimit: Duration?

  /// The program that the first of `arguments` names.
  package init(_ arguments: [String]) { self.arguments = arguments }

  /// Runs the program.
  ///
  /// Throws a `ChildProgramError` if it cannot be started, and `CancellationError` if a signal, such as that of
  /// Ctrl-C, ended it.
  package func run() throws -> (ending: Ending, output: [UInt8]) {
    let (reading, child) = try start()
    let (output, stop) = readOutput(reading.descriptor)
    if stop != nil { child.send(SIGKILL) }
    let end = try child.waitForEnd()
    if let stop { return (stop, output) }
    switch end {
    case .exited(let status): return (.exited(status: status), output)
    case .killed(SIGINT), .killed(SIGTERM): throw CancellationError()
    case .killed(let signal): return (.killed(signal: signal), output)
    }
  }

  /// Runs the program. Returns why it failed, or nil: what it wrote to its standard output if that says something.
  ///
  /// Throws `CancellationError` if a signal, such as that of Ctrl-C, ended the program.
  package func failure() throws -> String? {
    do {
      let (ending, output) = try run()
      switch ending {
      case .exited(status: 0): return nil
      case .exited where !output.isEmpty: return String(decoding: output, as: UTF8.self)
      case .exited(let status): return "\(arguments[0]) ended with status \(status)"
      case .killed(let signal): return "\(arguments[0]) was ended by signal \(signal)"
      case .cut: return "\(arguments[0]) wrote more than \(outputLimit) bytes"
      case .timedOut: return "\(arguments[0]) took too long"
      }
    } catch let error as ChildProgramError {
      return error.description
    }
  }

  /// Starts it; its output comes from the pipe's end. Its standard error goes to `errors` if that is given.
  func start(errors: Int32? = nil) throws -> (Pipe.End, Child) {
    let output = try Pipe()
    var setting = Child.Setting()
    setting.directory = directory
    setting.environment = inherited + variables
    let nothing = isQuiet ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1
    defer { if nothing >= 0 { close(nothing) } }
    setting.descriptors =
      isQuiet
      ? [nothing, output.writing.descriptor, nothing]
      : [STDIN_FILENO, output.writing.descriptor, errors ?? STDERR_FILENO]
    return (output.reading, try Child(arguments[0], arguments, setting))
  }

  /// The variables of this process that are passed on.
  private var inherited: [String] {
    let hidden =
      variables.map { $0.prefix { $0 != "=" } + "=" } + (hiddenVariables.map { [$0[...]] } ?? [])
    return Child.environment.filter { variable in !hidden.contains { variable.hasPrefix($0) } }
  }

  /// Reads all that comes from `descriptor`; also returns why the program has to be stopped, if it has to.
  private func readOutput(_ descriptor: Int32) -> (output: [UInt8], stop: Ending?) {
    let deadline = timeLimit.map { ContinuousClock.now + $0 }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      guard waitForOutput(descriptor, until: deadline) else { return (output, .timedOut) }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return (output, nil) }
      let room = outputLimit - output.count
      output += buffer[..<min(count, room)]
      if count > room { return (output, .cut) }
    }
  }

  /// Waits until `descriptor` has data or is at its end; false if neither happens before the `deadline`.
  private func waitForOutput(
    _ descriptor: Int32, until deadline: ContinuousClock.Instant?
  ) -> Bool {
    guard let deadline else { return true }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let rest = (deadline - .now) / .milliseconds(1)
      if rest <= 0 { return false }
      if poll(&request, 1, Int32(min(rest.rounded(.up), 1e6))) > 0 { return true }
    }
  }
}
