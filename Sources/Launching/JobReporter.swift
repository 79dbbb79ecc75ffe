import Files
import Glibc
import Learning

/// Tells the process that launched this one how its run goes on, on standard output.
package final class JobReporter {
  private let descriptor: Int32
  private let clock = ContinuousClock()
  private var lastStep: ContinuousClock.Instant?

  /// Nobody reads faster, and a run has thousands of steps.
  private static let stepInterval = Duration.milliseconds(200)

  package convenience init() { self.init(descriptor: STDOUT_FILENO) }

  /// A reporter that writes to another open file.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Reports `event`, unless nobody needs to know of it.
  ///
  /// That there is nobody to read it any more is no error: the lifeline says so, too.
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
