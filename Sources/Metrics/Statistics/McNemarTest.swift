import Glibc

/// McNemar's test of two classifiers on the same samples: whether one is right more often than luck makes it.
///
/// Samples that both get right, or both wrong, say nothing. Were the two equally good, each of the others
/// would be right on either side like a coin's toss: the exact binomial test, however many there are, as
/// statsmodels' `mcnemar(exact=True)`.
package struct McNemarTest: Hashable, Sendable {
  /// Samples that only the first classifier gets right.
  package let onlyFirst: Int
  /// Samples that only the second classifier gets right.
  package let onlySecond: Int

  /// The test of so many samples on which just one classifier is right.
  package init(onlyFirst: Int, onlySecond: Int) {
    precondition(onlyFirst >= 0 && onlySecond >= 0, "counts are not negative")
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  /// The smaller count, which is the exact test's statistic.
  package var statistic: Int { min(onlyFirst, onlySecond) }

  /// The probability of at least so unequal counts for equally good classifiers (two-sided).
  ///
  /// min(1, 2 P(X ≤ k)) = min(1, 2 I_½(n − k, k + 1)), with k the smaller of n counts in all; 1 where the
  /// counts are equal or next to each other.
  package var pValue: Double {
    let (fewer, more) = (statistic, max(onlyFirst, onlySecond))
    guard more - fewer > 1 else { return 1 }
    let cumulative = IncompleteBeta(Double(more), Double(fewer + 1))
    return min(1, 2 * cumulative(logX: -M_LN2, logY: -M_LN2))
  }
}
