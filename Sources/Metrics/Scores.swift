/// The results of an evaluation over one set of samples.
///
/// Macro averages are plain means over the classes that occur, as a sample's own or as a prediction:
/// scikit-learn's, unless told otherwise. One of them that is never predicted, or has no sample, counts as 0.
package struct Scores: Hashable, Sendable {
  /// Mean loss per sample.
  package let loss: Double
  /// The scores of each class, in class order.
  package let perClass: [ClassScores]
  /// The counts that these come from.
  package let confusionMatrix: ConfusionMatrix
  /// The metrics that were measured, in the order of the catalogue: those of the counts have a value in any case.
  package let measured: [Metric]
  /// The values of those that come from probabilities, where they are defined.
  package let ofProbabilities: [Metric: Double]
  /// The sums over all classes.
  let counts: (support: Int, predicted: Int, correct: Int)

  /// The finite losses that networks have on images: none is larger than the difference of two logits in float32.
  package static let possibleLosses = 0...2 * Double(Float.greatestFiniteMagnitude)

  /// The scores of the samples in `confusionMatrix`, whose mean loss is `loss`.
  ///
  /// - Parameters:
  ///   - probabilities: those of the samples; nil if they are unknown, or one of them is no number.
  ///   - metrics: the metrics that are measured.
  package init(
    confusionMatrix: ConfusionMatrix, loss: Double, probabilities: LabelledProbabilities?,
    measuring metrics: [Metric] = Metric.allCases
  ) {
    var values: [Metric: Double] = [:]
    for metric in metrics {
      guard case .probabilities(let function) = metric.value else { continue }
      values[metric] = probabilities.flatMap(function)
    }
    self.init(
      confusionMatrix: confusionMatrix, loss: loss, measured: metrics, ofProbabilities: values)
  }

  /// The scores that need no more than the counts.
  package init(confusionMatrix: ConfusionMatrix, loss: Double) {
    self.init(
      confusionMatrix: confusionMatrix, loss: loss,
      measured: Metric.allCases.filter { !$0.needsProbabilities }, ofProbabilities: [:])
  }

  /// The scores of which `measured` were recorded, with the values `ofProbabilities`.
  package init(
    confusionMatrix: ConfusionMatrix, loss: Double, measured: [Metric],
    ofProbabilities: [Metric: Double]
  ) {
    self.loss = loss
    self.confusionMatrix = confusionMatrix
    self.measured = measured
    self.ofProbabilities = ofProbabilities
    let (supports, predictions) = confusionMatrix.totals
    perClass = supports.indices.map { label in
      ClassScores(
        correct: confusionMatrix[actual: label, predicted: label], predicted: predictions[label],
        support: supports[label])
    }
    counts = (
      supports.reduce(0, +), predictions.reduce(0, +), perClass.reduce(0) { $0 + $1.correct }
    )
  }

  /// These scores with another loss and other counts, such as those at another threshold.
  package func replacing(
    _ confusionMatrix: ConfusionMatrix? = nil, loss: Double? = nil
  ) -> Scores {
    Scores(
      confusionMatrix: confusionMatrix ?? self.confusionMatrix, loss: loss ?? self.loss,
      measured: measured, ofProbabilities: ofProbabilities)
  }

  package static func == (left: Scores, right: Scores) -> Bool {
    (left.loss, left.confusionMatrix, left.measured, left.ofProbabilities)
      == (right.loss, right.confusionMatrix, right.measured, right.ofProbabilities)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(loss)
    hasher.combine(confusionMatrix)
  }

  /// The plain mean of `score` over the classes that occur.
  func macroAverage(_ score: (ClassScores) -> Double) -> Double {
    var (sum, count) = (0.0, 0)
    for scores in perClass where scores.support + scores.predicted > 0 {
      sum += score(scores)
      count += 1
    }
    return sum / Double(max(1, count))
  }

  /// The mean of `score` over the samples, each with that of its class.
  func weightedAverage(_ score: (ClassScores) -> Double) -> Double {
    perClass.reduce(0) { $0 + Double($1.support) * score($1) } / Double(max(1, counts.support))
  }

  /// Σ support · predictions over the classes: the square of the number of samples times the accuracy that as many
  /// predictions of each class would have by chance.
  var chanceAgreement: Double {
    perClass.reduce(0) { $0 + Double($1.support) * Double($1.predicted) }
  }

  /// Classes with samples for which no sample was taken; their precision of 0 is a convention and wants a
  /// warning.
  package var neverPredicted: [Int] {
    perClass.indices.filter { perClass[$0].support > 0 && perClass[$0].predicted == 0 }
  }

  /// Classes without samples for which some sample was taken; that they count as 0 in macro averages is a convention
  /// and wants a warning.
  package var predictedWithoutSamples: [Int] {
    perClass.indices.filter { perClass[$0].support == 0 && perClass[$0].predicted > 0 }
  }
}

extension Scores: Encodable {
  package enum CodingKeys: String, CodingKey {
    case perClass = "per_class"
    case confusionMatrix = "confusion_matrix"
  }

  /// Writes the measured metrics, `null` for one that is undefined, then the scores of each class and the counts.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Metric.Key.self)
    for metric in measured {
      try values.encode(metric.value(in: self), forKey: Metric.Key(metric))
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(perClass, forKey: .perClass)
    try container.encode(confusionMatrix, forKey: .confusionMatrix)
  }
}

extension Metric {
  /// A metric as the key of its value.
  package struct Key: CodingKey {
    package let stringValue: String
    package var intValue: Int? { nil }

    package init(_ metric: Metric) { stringValue = metric.rawValue }
    package init?(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }
  }
}
