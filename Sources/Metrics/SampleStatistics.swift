/// Mean and spread of a few values, such as one metric over the seeds of a spec.
public struct SampleStatistics: Hashable, Sendable {
  /// How many values there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// √(Σ(x − mean)² / (n − 1)), the estimate from a sample; nil for a single value, whose spread
  /// nobody knows.
  public let standardDeviation: Double?

  /// The statistics of `values`, or nil where there are none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    (count, self.mean) = (values.count, mean)
    if values.count == 1 {
      standardDeviation = nil
    } else {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      standardDeviation = (squares / Double(values.count - 1)).squareRoot()
    }
  }
}
