import Files
import Glibc
import Learning

/// Reports the progress of this process's run to the process that launched it, on standard output.
package final class JobReporter {
  private let descriptor: Int32
  private let clock = ContinuousClock()
  private var lastStep: ContinuousClock.Instant?

  /// The shortest time between reports of steps: a run has thousands of them, and nobody reads faster.
  private static let stepInterval = Duration.milliseconds(200)

  package convenience init() { self.init(descriptor: STDOUT_FILENO) }

  /// A reporter that writes to another open file.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Reports `event` if it is worth reporting.
  ///
  /// A missing reader is not an error here, since the lifeline shows it too.
  package func report(_ event: RunEvent) {
    if case .stepEnded = event {
      let now = clock.now
      if let lastStep, now - lastStep < Self.stepInterval { return }
      lastStep = now
    }
    guard let report = JobReport(event) else { return }
    do {
      _ = Storage.writeAll(Array((try report.line() + "\n").utf8), to: descriptor)
    } catch {
      preconditionFailure("every report can be encoded: \(error)")
    }
  }
}
