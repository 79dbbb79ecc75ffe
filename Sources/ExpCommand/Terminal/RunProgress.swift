import Learning
import Metrics

/// The progress of a run, and its remaining time.
struct RunProgress {
  let epochCount: Int
  /// The total seconds of the epochs added.
  private var seconds = 0.0
  private var epochsSeen = 0

  init(epochCount: Int) { self.epochCount = epochCount }

  /// Adds a complete epoch.
  mutating func add(_ record: EpochRecord) {
    seconds += record.seconds
    epochsSeen += 1
  }

  /// The share of the run that is done after `step`.
  func share(after step: StepProgress) -> Double {
    (Double(step.epoch - 1) + step.share) / Double(epochCount)
  }

  /// The remaining time of the run at the present speed; callbacks may end it sooner.
  func timeLeft(after step: StepProgress) -> String {
    let perEpoch =
      epochsSeen > 0 ? seconds / Double(epochsSeen) : step.seconds / max(step.share, 1e-9)
    let seconds = perEpoch * (Double(epochCount - step.epoch) + 1 - step.share)
    // Epochs that no run reaches take more seconds than an Int holds.
    let left = Int(min(seconds.rounded(.up), 1e15))
    return left < 60 ? "\(left) s" : "\(left / 60) min \(left % 60) s"
  }

  /// A bar of which `share` is full; nil if it would be too short to be useful.
  static func bar(_ share: Double, room: Int) -> String? {
    guard room >= 5 else { return nil }
    let length = min(room, longestBar)
    let filled = Int((share * Double(length)).rounded())
    return String(repeating: "━", count: filled) + String(repeating: "╌", count: length - filled)
  }

  private static let longestBar = 24
}

extension StepProgress {
  /// The share of the epoch that is done.
  var share: Double { Double(step) / Double(stepCount) }
}
