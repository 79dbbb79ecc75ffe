import Datasets
import Diagnostics
import Plans
import Records

/// A run has an evaluation that another one would replace.
package struct EvaluationExistsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The evaluation's folder.
  package let path: String
  /// The reason why it cannot be read; nil if it is of other images.
  package let reason: String?

  package var description: String {
    let what = reason.map { "scores that cannot be read (\($0))" } ?? "the scores on other images"
    return "'\(path)' has \(what)\n"
      + "hint: '--force' replaces it; a YAML file of another name makes an evaluation of its own"
  }
}

extension EvaluationExistsError: ReportableError {
  package var exitStatus: ExitStatus { .inputOutput }
}

extension RunCatalog {
  /// Throws if one of the runs has an evaluation `name` that is not of the images of `set`, or cannot be read.
  package func requireNoOtherEvaluation(
    _ name: String, than set: TestSet
  ) throws(EvaluationExistsError) {
    for run in runs {
      let path = "\(run.folder.path)/evaluations/\(name)"
      let classNames = run.data.classNames
      let existing: RecordedEvaluation?
      do {
        existing = try run.folder.evaluation(name, classNames: classNames)
      } catch {
        let reason = RunProblem(folder: run.folder, error).reason
        throw EvaluationExistsError(path: path, reason: reason)
      }
      // Images that do not fit the network replace nothing.
      guard let existing, let digest = set.digest(classNames: classNames) else { continue }
      guard existing.record.images == Manifest.Contents(.test, digest) else {
        throw EvaluationExistsError(path: path, reason: nil)
      }
    }
  }
}
