import Diagnostics
import Records

/// Scores that cannot be recorded in a run's folder.
package struct EvaluationNotRecordedError: Error, Sendable, CustomStringConvertible {
  /// The run's folder.
  package let run: String
  /// The error of writing there.
  package let cause: any Error

  package var description: String {
    "the scores of \(run) are not recorded: \(cause)"
      + (cause is EvaluationObstacle ? "\nhint: take away what stands there" : "")
  }
}

extension EvaluationNotRecordedError: ReportableError {
  package var exitStatus: ExitStatus { .inputOutput }
}
