import Metrics
import TextLayout

/// What a network takes images for that nobody has labelled.
package struct PredictedImages: Sendable {
  /// The name of each image.
  let names: [String]
  /// The place of each image among those that were given, from 0.
  let places: [Int]
  /// The name of each class.
  let classNames: [String]
  /// Of each class for each image, row by row.
  let probabilities: [Float]
  /// The threshold by which the second of two classes is told; nil if the most probable one counts.
  let threshold: DecisionThreshold?

  /// The predictions for the images called `names`.
  package init(
    names: [String], places: [Int], classNames: [String], probabilities: [Float],
    threshold: DecisionThreshold? = nil
  ) {
    precondition(places.count == names.count, "a place for each image")
    precondition(probabilities.count == names.count * classNames.count, "one for each class")
    self.names = names
    self.places = places
    self.classNames = classNames
    self.probabilities = probabilities
    self.threshold = threshold
  }

  /// The probability of class `label` for `image`.
  func probability(of label: Int, for image: Int) -> Float {
    probabilities[image * classNames.count + label]
  }

  /// The `count` most probable classes of `image`, the most probable first, the lower of equals; what is no number comes
  /// last. Of two classes with a threshold the first is the one that it says.
  func ranking(of image: Int, _ count: Int) -> [Int] {
    let row = probabilities[image * classNames.count..<(image + 1) * classNames.count]
      .map { $0.isNaN ? -1 : $0 }
    if let threshold {
      let label = threshold.predictedClass(row[1])
      return Array([label, 1 - label].prefix(count))
    }
    let labels = classNames.indices.sorted { row[$0] > row[$1] || row[$0] == row[$1] && $0 < $1 }
    return Array(labels.prefix(count))
  }
}
