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

  /// The mean ± t · sd / √n, which covers the true mean with probability `level`, with Student's t of
  /// n − 1 degrees of freedom; nil for a single value, and where a value is not finite.
  package func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double>? {
    guard let standardError else { return nil }
    return mean.interval(
      standardError: standardError, of: StudentT(degreesOfFreedom: Double(count - 1)), level: level)
  }
}

extension Double {
  /// The interval around this mean that `distribution` says covers the true one with probability
  /// `level`; nil where there are no finite bounds.
  func interval(
    standardError: Double, of distribution: StudentT, level: Double
  ) -> ClosedRange<Double>? {
    let margin = distribution.quantile(0.5 + level / 2) * standardError
    guard isFinite, margin.isFinite else { return nil }
    return (self - margin)...(self + margin)
  }
}
