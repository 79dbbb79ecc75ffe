import Diagnostics
import Records

/// Scores, or an ensemble beside them, that cannot be recorded in a run's folder.
package struct EvaluationNotRecordedError: Error, Sendable, CustomStringConvertible {
  /// What a run's folder has of an evaluation.
  package enum Part: Hashable, Sendable {
    case scores
    /// The ensemble in which the network was scored, beside its scores.
    case ensemble
  }

  /// The run's folder.
  package let run: String
  /// The part that is not recorded.
  package let part: Part
  /// The error of writing there.
  package let cause: any Error

  package var description: String {
    let what =
      switch part {
      case .scores: "the scores of \(run) are not recorded"
      case .ensemble: "the scores of \(run) are recorded, but not their ensemble"
      }
    return "\(what): \(cause)"
      + (cause is EvaluationObstacle ? "\nhint: take away what stands there" : "")
  }
}

extension EvaluationNotRecordedError: ReportableError {
  package var exitStatus: ExitStatus { .inputOutput }
}
