import Glibc

extension PredictionTable {
  /// The mean of -log p over the images, p being the probability of the image's own class: a loss that networks trained
  /// with different ones have in common.
  package var crossEntropy: Double {
    let sum = labels.enumerated().reduce(0.0) { sum, image in
      let probability = probabilities[image.offset * classCount + image.element]
      return sum - log(Double(max(probability, .leastNormalMagnitude)))
    }
    return sum / Double(max(1, labels.count))
  }
}
