import Datasets
import Diagnostics
import Plans
import Records

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

extension RunCatalog {
  /// Throws if one of the runs has an evaluation `name` that is not of the images of `set`, or cannot be read, and
  /// that scoring these `weights` would replace.
  package func requireNoOtherEvaluation(
    _ name: String, than set: TestSet, _ weights: SavedModel.WeightsChoice
  ) throws(EvaluationExistsError) {
    for run in runs {
      let (folder, data) = (run.folder, run.data)
      // A network that the images do not fit, one without weights, and one of a run that went on elsewhere are not scored.
      guard run.status != .continued, folder.file(of: weights, run.results) != nil,
        let digest = set.digest(
          classNames: data.classNames, firstLabel: data.firstLabel, imageShape: data.imageShape)
      else { continue }
      let wanted = Manifest.Contents(.test, digest)
      do {
        try folder.requireRoom(forEvaluation: name)
      } catch {
        // Nothing can be replaced, '--force' or not: recording the scores is what fails, and says why.
        continue
      }
      let difference: EvaluationExistsError.Difference? =
        switch folder.state(ofEvaluation: name, classNames: data.classNames) {
        case nil: nil
        case .current(let evaluation), .outdated(let evaluation):
          evaluation.record.images.difference(from: wanted)
        case .damaged(let problem): .unreadable(problem.reason)
        }
      if let difference {
        throw EvaluationExistsError(
          path: folder.path(ofEvaluation: name), difference: difference)
      }
    }
  }
}

extension Manifest.Contents {
  fileprivate func difference(from other: Self) -> EvaluationExistsError.Difference? {
    if self == other { return nil }
    return pixels == other.pixels ? .labels : .images
  }
}
