import Glibc

/// Mean and spread of a few values, such as one metric over the seeds of a spec.
package struct SampleStatistics: Hashable, Sendable {
  /// The number of values.
  package let count: Int
  /// Their mean.
  package let mean: Double
  /// √(Σ(x − mean)² / (n − 1)), the estimate from a sample; nil for a single value, whose spread
  /// nobody knows.
  package let standardDeviation: Double?

  /// The statistics of `values`, or nil where there are none.
  package init?(_ values: [Double]) {
    guard let first = values.first else { return nil }
    // Summed from one of them, for equal values to have just that mean, and no spread. Infinity has no distances.
    let origin = values.allSatisfy(\.isFinite) ? first : 0
    let mean = origin + values.reduce(0) { $0 + ($1 - origin) } / Double(values.count)
    count = values.count
    self.mean = mean
    if values.count == 1 {
      standardDeviation = nil
    } else {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      standardDeviation = (squares / Double(values.count - 1)).squareRoot()
    }
  }

  /// Standard deviation of the mean; nil for a single value.
  var standardError: Double? { standardDeviation.map { $0 / Double(count).squareRoot() } }

  /// The interval that covers the true mean of values in `range` with probability `level`; nil for a single value, for
  /// equal ones, which say nothing of the spread either, and where a value is not finite.
  ///
  /// With Student's t of n − 1 degrees of freedom and m = t · sd / √n, it is mean ± m, of which nothing below 0 is
  /// possible; for values from 0 to 1 it is logit(mean) ± m / (mean (1 − mean)), taken back from the logit scale (the
  /// delta method), which never leaves them. Values of 0 and 1 are no exception; a mean of 0 or 1 is one of equal values.
  /// Values between other bounds are mapped to 0 to 1 and back.
  /// `Benchmarks/interval_coverage.py` has how often intervals cover the mean.
  package func confidenceInterval(
    of range: ValueRange, level: Double = 0.95
  ) -> ClosedRange<Double>? {
    guard let standardError, standardError > 0 else { return nil }
    let margin =
      StudentT(degreesOfFreedom: Double(count - 1)).quantile(0.5 + level / 2) * standardError
    guard mean.isFinite, margin.isFinite else { return nil }
    switch range {
    case .nonNegative: return max(0, mean - margin)...max(0, mean + margin)
    case .bounded(let bounds):
      let width = bounds.upperBound - bounds.lowerBound
      let share = (mean - bounds.lowerBound) / width
      let rest = 1 - share
      guard share > 0, rest > 0 else { return nil }
      let factor = exp(margin / width / (share * rest))
      func value(_ odds: Double) -> Double {
        bounds.lowerBound + width * (share / (share + rest * odds))
      }
      return value(factor)...value(1 / factor)
    }
  }
}
