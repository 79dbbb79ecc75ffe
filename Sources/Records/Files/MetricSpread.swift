import Metrics

/// The spread of one metric over several networks.
package struct MetricSpread: Codable, Hashable, Sendable {
  package let metric: Metric
  package let mean: Double
  /// The estimate from a sample; nil for a single network.
  package let standardDeviation: Double?
  package let min: Double
  package let max: Double

  enum CodingKeys: String, CodingKey {
    case metric, mean
    case standardDeviation = "standard_deviation"
    case min, max
  }

  /// The spread of `metric` over `scores`; nil if there are none, or it is undefined for one of them.
  init?(_ metric: Metric, over scores: [Scores]) {
    let values = scores.compactMap(metric.value)
    guard values.count == scores.count, let statistics = SampleStatistics(values),
      let min = values.min(), let max = values.max()
    else { return nil }
    self.metric = metric
    mean = statistics.mean
    standardDeviation = statistics.standardDeviation
    self.min = min
    self.max = max
  }

  /// Whether values of the metric can have it, but for rounding.
  var isPossible: Bool {
    let isPossible = metric == .loss ? Scores.possibleLosses.contains : metric.range.contains
    guard isPossible(min), isPossible(max), min <= max else { return false }
    let rounding = 1e-9 * Swift.max(1, max)
    return (min - rounding...max + rounding).contains(mean)
      && (0...max - min + rounding).contains(standardDeviation ?? 0)
  }
}
