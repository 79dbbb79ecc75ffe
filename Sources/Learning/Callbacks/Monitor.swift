import Diagnostics
import Metrics
import Specs

/// The direction in which a monitored value gets better.
package enum MonitorMode: String, CaseIterable, SpecValue {
  /// Grow where the metric is better when higher, else fall.
  case auto
  case min
  case max

  package static var otherValues: OtherNames {
    [
      "min": ["minimum"],
      "max": ["maximum"],
    ]
  }
}

/// The best value so far of a column of the history.
struct Monitor: Codable, Sendable {
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
      case .auto: EpochRecord.higherIsBetter(column) ?? false
      case .min: false
      case .max: true
      }
  }

  /// Takes in an epoch; its value if it is better than all before it. A value that is no number never is.
  mutating func improvement(in record: EpochRecord) -> Double? {
    guard let value = record[column], !value.isNaN else { return nil }
    if let best, !isBetter(value, than: best) { return nil }
    (best, bestEpoch) = (value, record.epoch)
    return value
  }

  /// True if `value` is better than `other` by more than the least improvement.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    wantsMore ? value - minDelta > other : value + minDelta < other
  }
}
