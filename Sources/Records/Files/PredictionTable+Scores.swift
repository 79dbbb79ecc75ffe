import Metrics

extension PredictionTable {
  /// The classes and probabilities of the images; nil if a probability is no number.
  package var labelled: LabelledProbabilities? {
    LabelledProbabilities(labels: labels, probabilities: probabilities, classCount: classCount)
  }

  /// The scores of these predictions, of which the loss is the cross-entropy.
  package var scoresByCrossEntropy: Scores {
    Scores(confusionMatrix: confusionMatrix, loss: crossEntropy, probabilities: labelled)
  }
}
