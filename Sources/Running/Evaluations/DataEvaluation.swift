import Datasets
import Learning
import Metrics
import Records
import Tensors

/// The scores of a run's network, or of several together, on the images of a test set.
package struct DataEvaluation: Sendable {
  package let scores: Scores
  package let predictions: PredictionTable
  /// The threshold by which the second of two classes is told; nil if the most probable one counts.
  let threshold: DecisionThreshold?

  /// Scores `model` on `samples`. Throws a `NoNumbersError`, and the backend's errors.
  init(of model: SavedModel, on samples: ImageSamples, backend: any Backend) throws {
    threshold = model.threshold
    let evaluation = try Evaluation(model.program(backend), samples).decided(by: threshold)
    try model.requireNumbers(
      evaluation.predictions.probabilities, loss: evaluation.scores.loss)
    scores = evaluation.scores
    predictions = PredictionTable(evaluation, of: samples, model.classNames)
  }

  /// The mean of the probabilities of `members`, each of shape images × classes. Its loss is the cross-entropy, since
  /// those of the members may be of different functions.
  ///
  /// Classes are in the order of the first member.
  ///
  /// - Precondition: there is a member, and all are of the same images and classes.
  package init(meanOf members: [DataEvaluation]) {
    let first = members[0].predictions.classNames
    threshold = DecisionThreshold(
      ofEnsemble: members.map { ($0.threshold, $0.predictions.classNames == first) })
    predictions = PredictionTable(meanOf: members.map(\.predictions), threshold)
    scores = predictions.scoresByCrossEntropy
  }

  /// The scores in which the loss is the cross-entropy.
  var scoresByCrossEntropy: Scores { scores.replacing(loss: predictions.crossEntropy) }

  /// The scores in words.
  package var report: String { scores.report(classNames: predictions.classNames) }
}

extension PredictionTable {
  /// The predictions by the mean of the probabilities of `members`, which are for the same images; classes are in the
  /// order of the first, and told apart by `threshold`, if there is one.
  fileprivate init(meanOf members: [PredictionTable], _ threshold: DecisionThreshold?) {
    let first = members[0]
    var mean = MeanProbabilities(of: first.classNames)
    for member in members {
      let places = member.classNames.places(in: first.classNames)
      precondition(member.labels.map { places[$0] } == first.labels, "of the same images")
      mean.add(member.probabilities, of: member.classNames)
    }
    let probabilities = mean.value
    let predictions = Predictions(
      probabilities: probabilities, losses: [], classCount: first.classCount)
    self.init(
      labels: first.labels, predicted: predictions.classes(by: threshold),
      probabilities: probabilities, classNames: first.classNames, indices: first.indices,
      files: first.files)
  }
}
