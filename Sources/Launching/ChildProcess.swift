import ChildPrograms
import Diagnostics
import Glibc
import Records
import Running

/// A process that executes a run: its standard input is a lifeline, its standard output has reports, and its standard
/// error messages.
final class ChildProcess {
  let job: Job
  private let child: Child
  /// While it is open, the child knows that this process is there.
  private var lifeline: Pipe.End?
  private var hasEnded = false
  private var reports: LineReader
  private var messages: LineReader

  /// The descriptor at which a child finds the lock of its run.
  static let lockDescriptor: Int32 = 3

  /// Starts `program` with `arguments`, of which the first is its name, and hands it the lock of `run`.
  init(_ job: Job, _ run: borrowing OpenRun, program: String, _ arguments: [String]) throws {
    do {
      let (input, output, error) = (try Pipe(), try Pipe(), try Pipe())
      self.job = job
      var setting = Child.Setting()
      setting.descriptors = [
        input.reading.descriptor, output.writing.descriptor, error.writing.descriptor,
        run.lock.descriptor,
      ]
      // One that comes before the child watches for it waits until then.
      setting.blockedSignals = [SIGTERM]
      // Ctrl-C is to reach this process only, which then cancels its children.
      setting.isInOwnGroup = true
      child = try withExtendedLifetime((input, output, error)) {
        try Child(program, arguments, setting)
      }
      lifeline = input.writing
      (reports, messages) = (LineReader(output.reading), LineReader(error.reading))
    } catch {
      throw LaunchError(folder: job.folder, reason: "\(error)")
    }
  }

  /// Leaves no child behind that nobody waits for: it notices that it is not wanted any more, and ends.
  deinit {
    lifeline = nil
    while !hasEnded, reap() == nil { usleep(1000) }
  }

  /// Asks it to save its state and to end.
  func cancel() { child.send(SIGTERM) }

  /// The descriptors to wait at for reports; none if nothing can come any more but the child's end.
  var descriptors: [Int32] { [reports, messages].compactMap(\.descriptor) }

  /// Returns the reports since the last time. The child's end is the last of them; then there is nothing more to ask
  /// for.
  func poll() -> [JobReport] {
    // Asked first, so that nothing more can come once the pipes are read.
    let end = reap()
    let new =
      messages.lines(toEnd: end != nil).map(JobReport.message)
      + reports.lines(toEnd: end != nil).map(JobReport.init(line:))
    return new + (end.map { [.ended($0)] } ?? [])
  }

  private func reap() -> JobEnd? {
    do {
      guard let end = try child.end() else { return nil }
      hasEnded = true
      switch end {
      case .exited(let status): return .exit(code: status)
      case .killed(let signal): return .signal(signal)
      }
    } catch {
      hasEnded = true
      // Somebody else has taken notice of its end; what it came to is in the run's folder.
      return .exit(code: ExitStatus.runFailed.rawValue)
    }
  }
}

/// A process could not be started for a run.
package struct LaunchError: Error, CustomStringConvertible {
  package let folder: RunFolder
  let reason: String

  package var description: String {
    "cannot start a process for \(folder.path): \(reason)\nhint: 'exp resume \(folder.path)' starts it"
  }
}

extension LaunchError: ReportableError {
  package var exitStatus: ExitStatus { .runFailed }
}
