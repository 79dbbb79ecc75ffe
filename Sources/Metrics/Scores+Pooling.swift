extension Scores {
  /// The scores of several networks' predictions, each on samples of its own, taken together; nil where there are none,
  /// or not all are of as many classes.
  ///
  /// Counts add up, and each sample counts alike in the loss. Metrics of probabilities come from those of all samples, and
  /// are unknown without them.
  package init?(pooling parts: [Scores], probabilities: LabelledProbabilities? = nil) {
    guard let matrix = ConfusionMatrix(sumOf: parts.map(\.confusionMatrix)) else { return nil }
    let sum = parts.reduce(0.0) { $0 + $1.loss * Double($1.confusionMatrix.sampleCount) }
    let loss = sum / Double(max(1, matrix.sampleCount))
    if let probabilities {
      self.init(confusionMatrix: matrix, loss: loss, probabilities: probabilities)
    } else {
      self.init(confusionMatrix: matrix, loss: loss)
    }
  }
}
