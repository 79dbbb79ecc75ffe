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
  /// The writing end of the child's standard input. While it is open, the child knows that this process exists.
  private var lifeline: Pipe.End?
  private var hasEnded = false
  private var reports: LineReader
  private var messages: LineReader

  /// The descriptor at which a child finds the lease of its run.
  static let leaseDescriptor: Int32 = 3

  /// Starts `program` with `arguments`, of which the first is its name, and hands it the lease of `run`.
  init(_ job: Job, _ run: borrowing OpenRun, program: String, _ arguments: [String]) throws {
    do {
      let (input, output, error) = (try Pipe(), try Pipe(), try Pipe())
      self.job = job
      var setting = Child.Setting()
      setting.descriptors = [
        input.reading.descriptor, output.writing.descriptor, error.writing.descriptor,
        run.lease.descriptor,
      ]
      // Blocked, so that an early signal waits until the child handles it.
      setting.blockedSignals = StopSignals.all
      // Ctrl-C is to reach this process only, which then cancels its children.
      setting.isInOwnGroup = true
      child = try withExtendedLifetime((input, output, error)) {
        try Child(program, arguments, setting)
      }
      lifeline = input.writing
      reports = LineReader(output.reading)
      messages = LineReader(error.reading)
    } catch {
      throw LaunchError(folder: job.folder, reason: "\(error)")
    }
  }

  /// Closes the lifeline, by which the child notices that it has to end, and waits for its end.
  deinit {
    lifeline = nil
    while !hasEnded, reap() == nil { usleep(1000) }
  }

  /// Asks the child to save its state and to end.
  func cancel() { child.send(SIGTERM) }

  /// The descriptors to wait on for reports; empty if only the child's end can follow.
  var descriptors: [Int32] { [reports, messages].compactMap(\.descriptor) }

  /// Returns the reports since the last call. The child's end is the last report.
  func poll() -> [JobReport] {
    // Reaped before the pipes are read, so that no report can follow the end.
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
      // Another part of the process has reaped the child; the outcome is in the run's folder.
      return .exit(code: ExitStatus.runFailed.rawValue)
    }
  }
}

/// The error that no process could be started for a run.
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
