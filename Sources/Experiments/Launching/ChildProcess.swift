@preconcurrency import Glibc  // for `environ`
import Runs

/// A process that executes a run: its standard input is a lifeline, its standard output has reports, and its standard
/// error messages.
final class ChildProcess {
  let job: Job
  private let process: pid_t
  /// While it is open, the child knows that this process is there.
  private let lifeline: Pipe.End
  private var reports: LineReader
  private var messages: LineReader

  /// Where a child finds the lock of its run.
  static let lockDescriptor: Int32 = 3

  /// Starts `program` with `arguments`, of which the first is its name, and hands it the lock of `run`.
  init(_ job: Job, _ run: borrowing OpenRun, program: String, _ arguments: [String]) throws {
    do {
      let (input, output, error) = (try Pipe(), try Pipe(), try Pipe())
      self.job = job
      process = try withExtendedLifetime((input, output, error)) {
        try Self.start(
          program, arguments,
          descriptors: [
            input.reading.descriptor, output.writing.descriptor, error.writing.descriptor,
            run.lock.descriptor,
          ])
      }
      lifeline = input.writing
      (reports, messages) = (LineReader(output.reading), LineReader(error.reading))
    } catch let error as SystemError {
      throw LaunchError(folder: job.folder, reason: error)
    }
  }

  /// Starts a process in which `descriptors` have the numbers from 0 on.
  private static func start(
    _ program: String, _ arguments: [String], descriptors: [Int32]
  ) throws(SystemError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // A signal that comes before the child watches for it waits until then.
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // Ctrl-C is to reach this process only, which then cancels its children.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, program, &actions, &attributes, &pointers, environ)
    guard code == 0 else { throw SystemError(code: code) }
    return process
  }

  /// Asks it to save its state and to end.
  func cancel() { kill(process, SIGTERM) }

  /// Where to wait for what it reports; none if nothing can come any more but its end.
  var descriptors: [Int32] { [reports, messages].compactMap(\.descriptor) }

  /// What it reported since the last time. That it ended is the last; then there is nothing more to ask for.
  func poll() -> [JobReport] {
    // Asked first, so that nothing more can come once the pipes are read.
    let end = reap()
    let new =
      messages.lines(toEnd: end != nil).map(JobReport.message)
      + reports.lines(toEnd: end != nil).map(JobReport.init(line:))
    return new + (end.map { [.ended($0)] } ?? [])
  }

  private func reap() -> JobEnd? {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exit(code: status >> 8 & 0xff) : .signal(signal)
  }
}

/// A process could not be started for a run.
public struct LaunchError: Error, CustomStringConvertible {
  public let folder: RunFolder
  let reason: SystemError

  public var description: String {
    "cannot start a process for \(folder.path): \(reason)\nhint: 'exp resume \(folder.path)' starts it"
  }
}
