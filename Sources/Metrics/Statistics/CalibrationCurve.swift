/// The share of right answers of a classifier for each degree of confidence.
///
/// Confidence is the probability of the predicted class. Where it can be trusted, every bin is right as
/// often as it is sure. The bins are scikit-learn's `calibration_curve(strategy="uniform")`.
package struct CalibrationCurve: Hashable, Sendable {
  /// Predictions of like confidence.
  package struct Bin: Hashable, Sendable {
    /// Confidences above `lowerBound` (the first bin has 0, too), up to and with `upperBound`.
    package let lowerBound, upperBound: Double
    /// Predictions in the bin.
    package let count: Int
    /// Mean over them; nil where there are none.
    package let confidence: Double?
    /// Share of them that is right; nil where there are none.
    package let accuracy: Double?
  }

  /// Equally wide, from 0 to 1.
  package let bins: [Bin]
  /// Σ count · |accuracy − confidence| / Σ count over the bins, the ECE (Naeini et al. 2015, Guo et al.
  /// 2017).
  package let expectedCalibrationError: Double

  /// The curve of `predictions`; nil where there are none.
  package init?(_ predictions: [(confidence: Double, isRight: Bool)], binCount: Int = 10) {
    precondition(binCount > 0, "a calibration curve needs bins")
    guard !predictions.isEmpty else { return nil }
    var sums = Array(repeating: (count: 0, confidence: 0.0, right: 0), count: binCount)
    for (confidence, isRight) in predictions {
      let place = (confidence * Double(binCount)).rounded(.up) - 1
      let bin = Int(max(0, min(Double(binCount - 1), place)))
      sums[bin].count += 1
      sums[bin].confidence += confidence
      sums[bin].right += isRight ? 1 : 0
    }
    bins = sums.enumerated().map { index, sum in
      Bin(
        lowerBound: Double(index) / Double(binCount),
        upperBound: Double(index + 1) / Double(binCount), count: sum.count,
        confidence: sum.count == 0 ? nil : sum.confidence / Double(sum.count),
        accuracy: sum.count == 0 ? nil : Double(sum.right) / Double(sum.count))
    }
    let gap = sums.reduce(0) { $0 + abs(Double($1.right) - $1.confidence) }
    expectedCalibrationError = gap / Double(predictions.count)
  }
}
