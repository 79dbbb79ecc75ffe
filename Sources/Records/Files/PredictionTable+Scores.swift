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

  /// The first metric of the recorded `scores` that these probabilities do not have, in words; nil if there is none.
  package func contradiction(of scores: Scores) -> String? {
    let own = Scores(
      confusionMatrix: confusionMatrix, loss: scores.loss, probabilities: labelled,
      measuring: scores.measured)
    return scores.measured.first { own.ofProbabilities[$0] != scores.ofProbabilities[$0] }.map {
      "'\($0.rawValue)' is not that of the probabilities in predictions.csv"
    }
  }
}
