/// The class of each sample, and the probabilities that a network gives it.
package final class LabelledProbabilities {
  /// The class of each sample.
  package let labels: [Int]
  /// Sample after sample, one for each class.
  package let probabilities: [Float]
  /// Number of classes.
  package let classCount: Int
  /// The class that is told from the other where there are two: the second. Nil if there are more.
  package var positiveClass: Int? { Self.positiveClass(of: classCount) }

  /// The counts of each class that was asked for: to sort the samples takes the most time.
  private var known: [Int: ThresholdCounts] = [:]

  /// Samples of classes `labels`, each with `classCount` of the `probabilities`; nil if one of these is no number.
  package init?(labels: [Int], probabilities: [Float], classCount: Int) {
    precondition(probabilities.count == labels.count * classCount, "one for each class")
    guard probabilities.allSatisfy({ (0...1).contains($0) }) else { return nil }
    self.labels = labels
    self.probabilities = probabilities
    self.classCount = classCount
  }

  /// The positive one of `classCount` classes; nil unless there are two.
  package static func positiveClass(of classCount: Int) -> Int? { classCount == 2 ? 1 : nil }

  /// Number of samples.
  package var count: Int { labels.count }

  /// The probability of class `label` for `sample`.
  func probability(of label: Int, for sample: Int) -> Float {
    probabilities[sample * classCount + label]
  }

  /// The number of classes that are more probable for `sample` than its own, or as probable and of a higher number.
  func rank(ofLabelOf sample: Int) -> Int {
    let (row, label) = (sample * classCount, labels[sample])
    let own = probabilities[row + label]
    var rank = 0
    for other in 0..<classCount {
      let probability = probabilities[row + other]
      if probability > own || probability == own && other > label { rank += 1 }
    }
    return rank
  }

  /// The right and wrong positives of class `label` against the rest.
  package func counts(of label: Int) -> ThresholdCounts {
    if let counts = known[label] { return counts }
    let counts = ThresholdCounts(
      labels.indices.map { (probability(of: label, for: $0), labels[$0] == label) })
    known[label] = counts
    return counts
  }

  /// The mean of `value` over `classes`; nil if one has none.
  func mean(over classes: Range<Int>, _ value: (ThresholdCounts) -> Double?) -> Double? {
    var sum = 0.0
    for label in classes {
      guard let value = value(counts(of: label)) else { return nil }
      sum += value
    }
    return sum / Double(classes.count)
  }
}
