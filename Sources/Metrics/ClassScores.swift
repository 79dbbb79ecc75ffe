/// The scores of one class.
///
/// precision = TP / (TP + FP), recall = TP / (TP + FN), f1 = 2 TP / (2 TP + FP + FN), each 0 where
/// nothing stands below the line: scikit-learn's `precision_recall_fscore_support` with
/// `zero_division=0` and `labels` that name every class.
package struct ClassScores: Encodable, Hashable, Sendable {
  /// Share of the samples taken for this class that are of it.
  package let precision: Double
  /// Share of the samples of this class that were taken for it.
  package let recall: Double
  /// Harmonic mean of precision and recall.
  package let f1: Double
  /// Samples of this class.
  package let support: Int
  /// Samples of this class that were taken for it.
  let correct: Int
  /// Samples that were taken for this class.
  let predicted: Int

  private enum CodingKeys: String, CodingKey { case precision, recall, f1, support }

  /// The scores of class `label` in `matrix`.
  package init(of label: Int, in matrix: ConfusionMatrix) {
    self.init(
      correct: matrix[actual: label, predicted: label],
      predicted: matrix.predictionCount(of: label), support: matrix.support(of: label))
  }

  /// The scores of a class with `support` samples, `correct` of the `predicted` ones among them.
  init(correct: Int, predicted: Int, support: Int) {
    self.support = support
    self.correct = correct
    self.predicted = predicted
    precision = ratio(correct, predicted)
    recall = ratio(correct, support)
    f1 = ratio(2 * correct, predicted + support)
  }
}

/// `numerator / denominator`, or 0 where there is nothing to divide by.
func ratio(_ numerator: Int, _ denominator: Int) -> Double {
  denominator == 0 ? 0 : Double(numerator) / Double(denominator)
}
