/// The results of an evaluation over one set of samples.
///
/// Macro averages are plain means over the classes that occur, as a sample's own or as a prediction:
/// scikit-learn's, unless told otherwise. One of them that is never predicted, or has no sample, counts as 0.
package struct Scores: Encodable, Hashable, Sendable {
  /// Mean loss per sample.
  package let loss: Double
  /// Share of the samples taken for what they are.
  package let accuracy: Double
  /// Mean precision over the classes.
  package let precisionMacro: Double
  /// Mean recall over the classes.
  package let recallMacro: Double
  /// Mean F1 over the classes.
  package let f1Macro: Double
  /// The scores of each class, in class order.
  package let perClass: [ClassScores]
  /// The counts that all of these come from.
  package let confusionMatrix: ConfusionMatrix

  package enum CodingKeys: String, CodingKey {
    case loss, accuracy
    case precisionMacro = "precision_macro"
    case recallMacro = "recall_macro"
    case f1Macro = "f1_macro"
    case perClass = "per_class"
    case confusionMatrix = "confusion_matrix"
  }

  /// The finite losses that networks have on images: none is larger than the difference of two logits in float32.
  package static let possibleLosses = 0...2 * Double(Float.greatestFiniteMagnitude)

  /// The scores of the samples in `confusionMatrix`, whose mean loss is `loss`.
  package init(confusionMatrix: ConfusionMatrix, loss: Double) {
    self.loss = loss
    self.confusionMatrix = confusionMatrix
    let (supports, predictions) = confusionMatrix.totals
    let classes = supports.indices.map { label in
      ClassScores(
        correct: confusionMatrix[actual: label, predicted: label], predicted: predictions[label],
        support: supports[label])
    }
    perClass = classes
    accuracy = ratio(confusionMatrix.correctCount, confusionMatrix.sampleCount)
    let occurring = supports.indices.filter { supports[$0] + predictions[$0] > 0 }
    func macro(_ score: (ClassScores) -> Double) -> Double {
      occurring.reduce(0) { $0 + score(classes[$1]) } / Double(max(1, occurring.count))
    }
    precisionMacro = macro(\.precision)
    recallMacro = macro(\.recall)
    f1Macro = macro(\.f1)
  }

  /// Classes with samples for which no sample was taken; their precision of 0 is a convention and wants a
  /// warning.
  package var neverPredicted: [Int] {
    let (supports, predictions) = confusionMatrix.totals
    return supports.indices.filter { supports[$0] > 0 && predictions[$0] == 0 }
  }

  /// Classes without samples for which some sample was taken; that they count as 0 in macro averages is a convention
  /// and wants a warning.
  package var predictedWithoutSamples: [Int] {
    // Nearly always every class has samples.
    guard perClass.contains(where: { $0.support == 0 }) else { return [] }
    let (supports, predictions) = confusionMatrix.totals
    return supports.indices.filter { supports[$0] == 0 && predictions[$0] > 0 }
  }
}
