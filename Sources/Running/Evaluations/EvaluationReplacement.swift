import Datasets
import Records

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
      do {
        try folder.requireRoom(forEvaluation: name)
      } catch {
        // Nothing can be replaced, '--force' or not: recording the scores is what fails, and says why.
        continue
      }
      try folder.requireReplaceable(
        name, by: Manifest.Contents(.test, digest), classNames: data.classNames)
    }
  }
}

extension RunFolder {
  /// Throws if the run, whose classes are `classNames`, has an evaluation `name` that is of other images than `images`,
  /// or cannot be read.
  func requireReplaceable(
    _ name: String, by images: Manifest.Contents, classNames: [String]
  ) throws(EvaluationExistsError) {
    let difference: EvaluationExistsError.Difference?
    do {
      difference = try evaluation(name, classNames: classNames)?.record.images
        .difference(from: images)
    } catch {
      difference = .unreadable(RunProblem(evaluation: name, of: self, error).reason)
    }
    if let difference {
      throw EvaluationExistsError(path: path(ofEvaluation: name), difference: difference)
    }
  }
}

extension Manifest.Contents {
  fileprivate func difference(from other: Self) -> EvaluationExistsError.Difference? {
    if self == other { return nil }
    return pixels == other.pixels ? .labels : .images
  }
}
