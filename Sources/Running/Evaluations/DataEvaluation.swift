import Datasets
import Learning
import Metrics
import Plans
import Records
import Tensors

/// The scores of a run's network, or of several together, on images that are no part of their experiment.
package struct DataEvaluation: Sendable {
  package let scores: Scores
  package let predictions: PredictionTable

  /// Scores `model` on the images of `set`, and records it as the evaluation `name` in the run's folder.
  ///
  /// Throws a `DatasetError` if the images do not fit it, a `StorageError` if they cannot be recorded, and the backend's
  /// errors.
  init(
    of model: SavedModel, on set: TestSet, recordedAs name: String, backend: any Backend
  ) throws {
    let (samples, digest) = try set.samples(
      classNames: model.classNames, imageShape: model.imageShape, scaling: model.scaling)
    let evaluation = try Evaluation(model.program(backend), samples)
    scores = evaluation.scores
    predictions = PredictionTable(evaluation.predictions, of: samples, model.classNames)
    try model.folder.writeEvaluation(
      name, of: Manifest.Contents(.test, digest), with: model.weights, scores: scores, predictions,
      report: scores.report(classNames: model.classNames))
  }

  /// The mean of the probabilities of `members`, each of shape images × classes. Its loss is the cross-entropy, since
  /// those of the members may be of different functions.
  ///
  /// - Precondition: there is a member, and all are of the same images and classes, in the same order.
  package init(meanOf members: [DataEvaluation]) {
    predictions = PredictionTable(meanOf: members.map(\.predictions))
    scores = Scores(
      confusionMatrix: predictions.confusionMatrix, loss: predictions.crossEntropy)
  }
}

extension PredictionTable {
  /// The predictions by the mean of the probabilities of `members`, which are for the same images.
  fileprivate init(meanOf members: [PredictionTable]) {
    let first = members[0]
    precondition(
      members.allSatisfy { $0.labels == first.labels && $0.classNames == first.classNames },
      "of the same images and classes")
    var mean = MeanProbabilities()
    for member in members { mean.add(member.probabilities) }
    let probabilities = mean.value
    let predictions = Predictions(
      probabilities: probabilities, losses: [], classCount: first.classCount)
    self.init(
      labels: first.labels, predicted: first.labels.indices.map(predictions.predictedClass),
      probabilities: probabilities, classNames: first.classNames, files: first.files)
  }
}
