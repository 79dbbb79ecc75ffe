/// The right and wrong positives of one class against the rest, as the threshold of its probability falls: what
/// scikit-learn's `roc_curve` and `precision_recall_curve` are made of.
package struct ThresholdCounts: Hashable, Sendable {
  /// The probabilities that occur, falling.
  package private(set) var thresholds: [Float] = []
  /// The samples of the class whose probability is at least the threshold, for each.
  package private(set) var truePositives: [Int] = []
  /// The other samples whose probability is at least the threshold, for each.
  package private(set) var falsePositives: [Int] = []

  /// The counts of samples with these probabilities, each between 0 and 1, of which some are of the class.
  package init(_ samples: [(probability: Float, isPositive: Bool)]) {
    // The bits of numbers from 0 to 1 are in their order, and leave room for one more.
    let keys = samples.map { $0.probability.bitPattern << 1 | ($0.isPositive ? 1 : 0) }.sorted(
      by: >)
    var (right, wrong) = (0, 0)
    for (place, key) in keys.enumerated() {
      if key & 1 == 1 { right += 1 } else { wrong += 1 }
      // Samples of equal probability are on the same side of every threshold.
      guard place == keys.count - 1 || keys[place + 1] >> 1 != key >> 1 else { continue }
      thresholds.append(Float(bitPattern: key >> 1))
      truePositives.append(right)
      falsePositives.append(wrong)
    }
  }

  /// Samples of the class.
  package var positives: Int { truePositives.last ?? 0 }
  /// Samples of the rest.
  package var negatives: Int { falsePositives.last ?? 0 }

  /// The area under the curve of true over false positive rate, between equal probabilities a straight line; nil without
  /// samples of the class or of the rest.
  package var rocAUC: Double? {
    guard positives > 0, negatives > 0 else { return nil }
    var (area, lastRight, lastWrong) = (0.0, 0, 0)
    for (right, wrong) in zip(truePositives, falsePositives) {
      area += Double(wrong - lastWrong) * Double(right + lastRight) / 2
      (lastRight, lastWrong) = (right, wrong)
    }
    return area / (Double(positives) * Double(negatives))
  }

  /// Σ (Rₙ − Rₙ₋₁) Pₙ with the recall R and the precision P at each threshold; nil without samples of the class.
  package var averagePrecision: Double? {
    guard positives > 0 else { return nil }
    var (sum, last) = (0.0, 0)
    for (right, wrong) in zip(truePositives, falsePositives) {
      sum += Double(right - last) * Double(right) / Double(right + wrong)
      last = right
    }
    return sum / Double(positives)
  }
}
