/// A test image that was taken for another class.
package struct Mistake: Hashable, Sendable {
  /// The image's place among the test images, from 0.
  package let index: Int
  /// Its class.
  package let label: Int
  /// The class that it was taken for.
  package let predicted: Int
  /// The probability of that class.
  package let probability: Float

  /// The image at `index`, of class `label`, taken for `predicted`.
  package init(index: Int, label: Int, predicted: Int, probability: Float) {
    self.index = index
    self.label = label
    self.predicted = predicted
    self.probability = probability
  }

  /// The largest number of mistakes of which a run keeps pictures.
  package static let mostPictured = 30
}

extension PredictionTable {
  /// The mistakes by falling probability of the predicted class, NaN last, and those of equal probability by index. The
  /// most confident mistakes teach the most. At most `count`.
  package func mistakes(atMost count: Int = Mistake.mostPictured) -> [Mistake] {
    let all = labels.indices.filter { predicted[$0] != labels[$0] }.map { index in
      Mistake(
        index: index, label: labels[index], predicted: predicted[index],
        probability: probabilities[index * classCount + predicted[index]])
    }
    func rank(_ mistake: Mistake) -> (Float, Int) {
      (mistake.probability.isNaN ? 1 : -mistake.probability, mistake.index)
    }
    return Array(all.sorted { rank($0) < rank($1) }.prefix(count))
  }
}
