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

/// A column of the history that is to get better. Epochs that have no value in it, because the metric is undefined, count
/// for nothing; `CallbackList` warns of them.
struct Monitor: Sendable {
  let column: String
  private let wantsMore: Bool
  /// Changes up to this size are no improvement.
  private let minDelta: Double

  /// The best value so far.
  struct Best: Codable, Sendable {
    let value: Double
    /// The epoch that had it.
    let epoch: Int
  }

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

  /// Takes in an epoch; its value if it is better than the `best` before it. A value that is no number never is.
  func improvement(in record: EpochRecord, on best: inout Best?) -> Double? {
    guard let value = record[column], !value.isNaN else { return nil }
    if let best, !isBetter(value, than: best.value) { return nil }
    best = Best(value: value, epoch: record.epoch)
    return value
  }

  /// True if `value` is better than `other` by more than the least improvement.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    wantsMore ? value - minDelta > other : value + minDelta < other
  }
}
