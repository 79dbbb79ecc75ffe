import Metrics
import Tensors

/// The predictions of a network for all samples of a source, and their scores.
package struct Evaluation: Sendable {
  package let predictions: Predictions
  /// The class of each sample.
  package let labels: [Int]
  /// The class that each sample is taken for.
  package private(set) var predicted: [Int]
  package private(set) var scores: Scores

  /// Has `program` predict every sample of `source`, and measures `metrics`.
  package init(
    _ program: any Program, _ source: any SampleSource,
    measuring metrics: [Metric] = Metric.allCases
  ) throws {
    let samples = Array(0..<source.count)
    predictions = try program.predict(Batch(source: source, samples: samples[...]))
    labels = samples.map(source.label)
    predicted = predictions.classes(by: nil)
    let needsProbabilities = metrics.contains(where: \.needsProbabilities)
    scores = Scores(
      confusionMatrix: ConfusionMatrix(
        labels: labels, predictions: predicted, classCount: source.classCount),
      loss: predictions.lossSum / Double(max(1, source.count)),
      probabilities: needsProbabilities ? Self.labelled(labels, predictions) : nil,
      measuring: metrics)
  }

  /// The classes and probabilities of the samples; nil if a probability is no number.
  package var labelled: LabelledProbabilities? { Self.labelled(labels, predictions) }

  private static func labelled(
    _ labels: [Int], _ predictions: Predictions
  ) -> LabelledProbabilities? {
    LabelledProbabilities(
      labels: labels, probabilities: predictions.probabilities, classCount: predictions.classCount)
  }

  /// The evaluation in which samples are taken for the second of two classes from `threshold` on; the same without one.
  package func decided(by threshold: DecisionThreshold?) -> Evaluation {
    guard let threshold else { return self }
    var evaluation = self
    evaluation.predicted = predictions.classes(by: threshold)
    evaluation.scores = scores.replacing(
      ConfusionMatrix(
        labels: labels, predictions: evaluation.predicted, classCount: predictions.classCount))
    return evaluation
  }
}
