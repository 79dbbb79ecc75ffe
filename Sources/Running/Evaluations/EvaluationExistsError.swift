import Diagnostics

/// A run has an evaluation that another one would replace.
package struct EvaluationExistsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The evaluation's folder.
  package let path: String
  package let difference: Difference

  /// The ways in which an evaluation that exists differs from the one that is to be made.
  package enum Difference: Hashable, Sendable {
    case images
    /// The images are the same, their labels are not.
    case labels
    /// It cannot be read, for this reason.
    case unreadable(String)
  }

  package var description: String {
    let what =
      switch difference {
      case .images: "the scores on other images"
      case .labels: "the scores on the same images with other labels"
      case .unreadable(let reason): "scores that cannot be read (\(reason))"
      }
    return "'\(path)' has \(what)\n"
      + "hint: '--force' replaces it; a YAML file of another name makes an evaluation of its own"
  }
}

extension EvaluationExistsError: ReportableError {
  package var exitStatus: ExitStatus { .inputOutput }
}
