import ChildPrograms
import Glibc
import TextLayout

/// One call of a scheduler's command, which takes its time while others go on.
///
/// Ctrl-C does not reach it: whether a job was submitted must not depend on the moment of a keystroke.
final class SchedulerCall {
  /// The way it ended, and what it wrote.
  struct Answer: Sendable {
    enum Ending: Equatable, Sendable {
      case exited(Int32)
      case killed(Int32)
      case timedOut
    }

    let ending: Ending
    /// The lines of its standard output.
    let output: [String]
    /// Its standard error, without control characters, and not longer than anybody reads.
    let message: String
  }

  private let child: Child
  private let deadline: ContinuousClock.Instant
  private var outputReader: LineReader
  private var errorReader: LineReader
  private var output: [String] = []
  private var errors: [String] = []
  private var answer: Answer?

  /// More lines than a job array has tasks.
  private static let mostLines = 100_000

  /// Starts the program that the first of `arguments` names, which gets `timeLimit`.
  init(_ arguments: [String], timeLimit: Duration) throws(ChildProgramError) {
    let (output, error) = (try Pipe(), try Pipe())
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    var setting = Child.Setting()
    setting.descriptors = [nothing, output.writing.descriptor, error.writing.descriptor]
    setting.environment = Self.environment
    setting.isInOwnGroup = true
    child = try withExtendedLifetime((output.writing, error.writing)) {
      () throws(ChildProgramError) in
      try Child(arguments[0], arguments, setting)
    }
    outputReader = LineReader(output.reading)
    errorReader = LineReader(error.reading)
    deadline = .now + timeLimit
  }

  deinit {
    guard answer == nil else { return }
    child.send(SIGKILL)
    _ = try? child.waitForEnd()
  }

  /// The variables of this process without those that change what Slurm's commands do, such as SBATCH_TIMELIMIT.
  private static var environment: [String] {
    Child.environment.filter { variable in
      ["SLURM_CONF=", "SLURM_JWT="].contains(where: variable.hasPrefix)
        || !["SLURM_", "SBATCH_", "SQUEUE_", "SCANCEL_"].contains(where: variable.hasPrefix)
    }
  }

  /// The answer; nil as long as there is none.
  func poll() -> Answer? {
    if let answer { return answer }
    var ending: Answer.Ending?
    do {
      // Before the pipes are read, so that nothing can follow.
      switch try child.end() {
      case .exited(let status): ending = .exited(status)
      case .killed(let signal): ending = .killed(signal)
      case nil: break
      }
    } catch {
      ending = .killed(SIGCHLD)  // another part of the process has reaped it
    }
    output += outputReader.lines(toEnd: ending != nil)
    errors += errorReader.lines(toEnd: ending != nil)
    if ending == nil, .now >= deadline || output.count + errors.count > Self.mostLines {
      child.send(SIGKILL)
      _ = try? child.waitForEnd()
      ending = .timedOut
    }
    guard let ending else { return nil }
    let message = errors.filter { !$0.isEmpty }.suffix(10).map {
      String($0.withoutControlCharacters.prefix(500))
    }
    answer = Answer(
      ending: ending, output: output, message: message.joined(separator: "\n"))
    return answer
  }

  /// Waits for the answer.
  func wait() -> Answer {
    while true {
      if let answer = poll() { return answer }
      usleep(2000)
    }
  }
}
