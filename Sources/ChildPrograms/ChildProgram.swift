@preconcurrency internal import Glibc  // for `environ`

/// A program of the system, to be run and waited for.
package struct ChildProgram: Sendable {
  /// How a program ended.
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
  /// No variable whose name begins so is passed on.
  package var hiddenVariables: String?
  /// Set for the program only: `NAME=value`.
  package var variables: [String] = []
  /// Whether it can ask nothing, and its standard error goes nowhere.
  package var isQuiet = false
  /// The most bytes of output that are kept.
  package var outputLimit = 1 << 16
  /// How long it may run; by default as long as it takes.
  package var timeLimit: Duration?

  /// The program that the first of `arguments` names.
  package init(_ arguments: [String]) { self.arguments = arguments }

  /// Runs the program.
  ///
  /// Throws a `ChildProgramError` if it cannot be started, and `CancellationError` if a signal, such as that of
  /// Ctrl-C, ended it.
  package func run() throws -> (ending: Ending, output: [UInt8]) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw ChildProgramError(code: errno) }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try start(pipe: ends)
    }
    let (output, stop) = readOutput(ends[0])
    if stop != nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    if let stop { return (stop, output) }
    switch status & 0x7f {
    case 0: return (.exited(status: status >> 8), output)
    case SIGINT, SIGTERM: throw CancellationError()
    case let signal: return (.killed(signal: signal), output)
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

  private func start(pipe ends: [Int32]) throws(ChildProgramError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A program that could read its own output would never notice that nobody else does.
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    if isQuiet {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }

    // Ctrl-C must end the program even if this process blocks or ignores the signal.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words = arguments.map { strdup($0) }
    let added = variables.map { strdup($0) }
    defer { for pointer in words + added { free(pointer) } }
    var process = pid_t()
    let code = posix_spawnp(
      &process, arguments[0], &actions, &attributes, words + [nil], inherited + added + [nil])
    guard code != ENOENT else {
      throw ChildProgramError(description: "the program '\(arguments[0])' is not installed")
    }
    guard code == 0 else { throw ChildProgramError(code: code) }
    return process
  }

  /// The variables of this process that are passed on.
  private var inherited: [UnsafeMutablePointer<CChar>?] {
    var (all, place) = ([UnsafeMutablePointer<CChar>?](), environ)
    while let variable = place.pointee {
      if hiddenVariables.map({ strncmp(variable, $0, $0.utf8.count) != 0 }) ?? true {
        all.append(variable)
      }
      place += 1
    }
    return all
  }

  /// What comes from `descriptor`, and why the program has to be stopped, if it has to.
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

  /// Whether `descriptor` has something to say, be it that nothing follows, before the `deadline`.
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

/// A program cannot be started; the text says why.
package struct ChildProgramError: Error, CustomStringConvertible {
  package let description: String
}

extension ChildProgramError {
  /// Because of an `errno`.
  fileprivate init(code: Int32) { description = String(cString: strerror(code)) }
}
