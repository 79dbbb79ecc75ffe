/// The distance between the means of two samples, and its significance.
///
/// Student's t-test of pairs (such as two specs with the same seeds), or Welch's of independent samples,
/// which need not vary alike: SciPy's `ttest_rel` and `ttest_ind(equal_var=False)`. Of folds, whose training images
/// overlap, it is the corrected resampled t-test of Nadeau and Bengio (2003).
package struct MeanDifference: Hashable, Sendable {
  /// Pairs, or folds; or values of both samples together, where they are independent.
  package let count: Int
  /// Mean of the first sample minus that of the second.
  package let mean: Double
  /// 95 % confidence interval of `mean`; nil where a single pair or value says nothing of the spread, and
  /// where a value is not finite.
  package let interval: ClosedRange<Double>?
  /// The probability of at least this difference where there is none in truth (two-sided).
  ///
  /// Nil where nothing can be told: a single pair or value, or neither difference nor spread. A difference
  /// without any spread has 0: the formula's limit, though a few values never prove that much.
  package let pValue: Double?
  /// True if the values were compared pair by pair.
  package let isPaired: Bool

  /// The mean difference within `pairs`; nil where there are none.
  package init?(paired pairs: [(Double, Double)]) {
    guard let differences = SampleStatistics(pairs.map { $0 - $1 }) else { return nil }
    self.init(
      count: pairs.count, mean: differences.mean,
      spread: differences.standardError.map { ($0, Double(pairs.count - 1)) }, isPaired: true)
  }

  /// The difference between the means of `first` and `second`; nil where one is empty.
  package init?(independent first: [Double], _ second: [Double]) {
    guard let one = SampleStatistics(first), let other = SampleStatistics(second) else {
      return nil
    }
    self.init(
      count: one.count + other.count, mean: one.mean - other.mean,
      spread: Self.welch(one, other), isPaired: false)
  }

  /// The mean of the differences in each fold, for whose networks `testRatio` is the number of images that they are
  /// scored on over that of those that were left to learn from; nil where there are no folds.
  ///
  /// Networks of two folds share most of what they learned from, so that their differences are correlated: the variance
  /// of the mean of k differences with deviation s is s² (1/k + testRatio), not s²/k, with k − 1 degrees of freedom.
  package init?(folds differences: [Double], testRatio: Double) {
    guard let sample = SampleStatistics(differences) else { return nil }
    let scale = (1 / Double(differences.count) + testRatio).squareRoot()
    self.init(
      count: differences.count, mean: sample.mean,
      spread: sample.standardDeviation.map { ($0 * scale, Double(differences.count - 1)) },
      isPaired: true)
  }

  private init(
    count: Int, mean: Double, spread: (error: Double, degreesOfFreedom: Double)?, isPaired: Bool
  ) {
    self.count = count
    self.mean = mean
    self.isPaired = isPaired
    guard let spread, mean.isFinite, spread.error.isFinite else {
      interval = nil
      pValue = nil
      return
    }
    let distribution = StudentT(degreesOfFreedom: spread.degreesOfFreedom)
    let margin = distribution.quantile(0.975) * spread.error
    interval = margin.isFinite ? (mean - margin)...(mean + margin) : nil
    let isUndecided = mean == 0 && spread.error == 0
    pValue = isUndecided ? nil : distribution.pValue(mean / spread.error)
  }

  /// Standard error of the difference √(e₁² + e₂²), with Welch and Satterthwaite's degrees of freedom
  /// 1 / (c²/(n₁ − 1) + (1 − c)²/(n₂ − 1)), where c = e₁² / (e₁² + e₂²).
  private static func welch(
    _ first: SampleStatistics, _ second: SampleStatistics
  ) -> (error: Double, degreesOfFreedom: Double)? {
    guard let one = first.standardError, let other = second.standardError else { return nil }
    let variance = one * one + other * other
    // Without spread every distribution says the same.
    guard variance > 0 else { return (0, 1) }
    let share = one * one / variance
    let inverse =
      share * share / Double(first.count - 1)
      + (1 - share) * (1 - share) / Double(second.count - 1)
    return (variance.squareRoot(), 1 / inverse)
  }
}
