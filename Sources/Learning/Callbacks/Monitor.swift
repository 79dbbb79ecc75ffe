import Metrics
import Specs

/// Whether a monitored value should grow or fall.
public enum MonitorMode: String, CaseIterable, SpecValue {
  /// Grow where the metric is better when higher, else fall.
  case auto
  case min
  case max
}

/// The best value so far of a column of the history.
struct Monitor: Sendable {
  let column: String
  private let wantsMore: Bool
  /// Changes up to this size are no improvement.
  private let minDelta: Double
  private(set) var best: Double?
  private(set) var bestEpoch: Int?

  init(_ column: String, mode: MonitorMode, minDelta: Double = 0) {
    self.column = column
    self.minDelta = minDelta
    wantsMore =
      switch mode {
      case .auto: Monitor.higherIsBetter(column)
      case .min: false
      case .max: true
      }
  }

  /// Takes in an epoch; whether it is better than all before it. A value that is no number never is.
  mutating func improves(with record: EpochRecord) -> Bool {
    guard let value = record[column], !value.isNaN else { return false }
    if let best, wantsMore ? value - minDelta <= best : value + minDelta >= best { return false }
    (best, bestEpoch) = (value, record.epoch)
    return true
  }

  private static func higherIsBetter(_ column: String) -> Bool {
    let metric = ScoreName(rawValue: column)?.metric ?? Metric(rawValue: column)
    return metric?.higherIsBetter ?? false
  }
}
