extension Scores {
  /// The scores of several networks' predictions, each on samples of its own, taken together; nil where there are none.
  ///
  /// Counts add up, and each sample counts alike in the loss.
  package init?(pooling parts: [Scores]) {
    guard let matrix = ConfusionMatrix(sumOf: parts.map(\.confusionMatrix)) else { return nil }
    let sum = parts.reduce(0.0) { $0 + $1.loss * Double($1.confusionMatrix.sampleCount) }
    self.init(confusionMatrix: matrix, loss: sum / Double(max(1, matrix.sampleCount)))
  }
}
