import Datasets
import Glibc
import Learning
import Metrics
import Plans
import Records
import Tensors

/// The scores of a run's network, or of several together, on images that are no part of their experiment.
package struct DataEvaluation: Sendable {
  package let scores: Scores
  package let predictions: PredictionTable
  /// The name of each class.
  package let classNames: [String]
  /// The images, told by their contents.
  package let images: Manifest.Contents
  private let dataset: String

  /// Scores `model` on the images of `set`. Throws a `DatasetError` if they do not fit it, and the backend's errors.
  package init(_ model: SavedModel, on set: TestSet, backend: any Backend) throws {
    let (samples, digest) = try set.samples(
      classNames: model.classNames, imageShape: model.imageShape, scaling: model.scaling)
    let evaluation = try Evaluation(model.program(backend), samples)
    self.init(
      scores: evaluation.scores,
      predictions: PredictionTable(evaluation.predictions, of: samples, model.classNames),
      classNames: model.classNames, images: Manifest.Contents(.test, digest), dataset: set.dataset)
  }

  /// The mean of the probabilities of `members`, which are networks of the same classes on the same images. Its loss is
  /// the cross-entropy.
  package init(meanOf members: [DataEvaluation]) {
    let first = members[0]
    let predictions = PredictionTable(meanOf: members.map(\.predictions))
    self.init(
      scores: Scores(
        confusionMatrix: predictions.confusionMatrix, loss: predictions.crossEntropy),
      predictions: predictions, classNames: first.classNames, images: first.images,
      dataset: first.dataset)
  }

  private init(
    scores: Scores, predictions: PredictionTable, classNames: [String], images: Manifest.Contents,
    dataset: String
  ) {
    self.scores = scores
    self.predictions = predictions
    self.classNames = classNames
    self.images = images
    self.dataset = dataset
  }

  /// Records it as `name` in the folder of `model`.
  package func record(as name: String, of model: SavedModel) throws {
    try model.folder.write(
      EvaluationRecord(
        dataset: dataset, images: images, weights: model.weights.rawValue, scores: scores),
      predictions, report: scores.report(classNames: classNames), as: name)
  }
}

extension PredictionTable {
  /// The predictions by the mean of the probabilities of `members`, which are for the same images.
  fileprivate init(meanOf members: [PredictionTable]) {
    let first = members[0]
    var mean = MeanProbabilities()
    for member in members { mean.add(member.probabilities) }
    let probabilities = mean.value
    let predictions = Predictions(
      probabilities: probabilities, losses: [], classCount: first.classCount)
    self.init(
      labels: first.labels, predicted: first.labels.indices.map(predictions.predictedClass),
      probabilities: probabilities, classNames: first.classNames, files: first.files)
  }

  /// The mean of -log p over the images, p the probability of the image's own class.
  fileprivate var crossEntropy: Double {
    let sum = labels.enumerated().reduce(0.0) { sum, image in
      let probability = probabilities[image.offset * classCount + image.element]
      return sum - log(Double(max(probability, .leastNormalMagnitude)))
    }
    return sum / Double(max(1, labels.count))
  }
}
