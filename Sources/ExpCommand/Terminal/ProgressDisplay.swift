import Learning
import Metrics
import TextLayout

/// Shows on standard error how the runs go on: a row per epoch, and on a terminal a live line below.
final class ProgressDisplay {
  private let isQuiet: Bool
  private let isLive: Bool
  private let epochCount: Int
  private var lastUpdate: ContinuousClock.Instant?
  private var isLineOpen = false
  private var hasHeader = false
  /// Seconds of epochs that are done, for the time left.
  private var epochSeconds = 0.0
  private var epochsDone = 0

  private static let interval = Duration.milliseconds(100)
  private static let longestBar = 24

  init(epochs: Int, isQuiet: Bool) {
    epochCount = epochs
    self.isQuiet = isQuiet
    isLive = Console.isTerminal && !isQuiet
  }

  /// Begins a run under the heading `title`.
  func begin(_ title: String) {
    (epochSeconds, epochsDone, lastUpdate, hasHeader) = (0, 0, nil, false)
    line("\n" + title)
    // Large networks take some seconds to compile and to take their first step.
    if isLive { live("starting …") }
  }

  /// Writes a line that stays.
  func line(_ text: String) {
    clear()
    if !isQuiet { Console.error(text + "\n") }
  }

  /// Shows `event`.
  func show(_ event: RunEvent) {
    switch event {
    case .stepEnded(let progress): update(progress)
    case .epochEnded(let record):
      epochSeconds += record.seconds
      epochsDone += 1
      row(of: record)
    case .note(let text): line(text)
    case .trainingEnded: if isLive { live("scoring …") }
    case .trainingStarted, .epochTrained, .parametersSaved, .stateReached: break
    }
  }

  /// Removes the live line.
  func clear() {
    guard isLineOpen else { return }
    Console.raw("\r\u{1B}[K")
    isLineOpen = false
  }

  /// Writes the columns of `record` for which there is room, under their names.
  private func row(of record: EpochRecord) {
    let number = "\(record.epoch)/\(epochCount)"
    let width = max("epoch".count, "\(epochCount)/\(epochCount)".count)
    var columns = [("epoch".leftPadded(to: width), number.leftPadded(to: width))]
    for name in Self.columns {
      guard let value = record[name] else { continue }
      let text = value.fixed(name == "seconds" ? 1 : 4)
      let width = max(name.count, text.count)
      columns.append((name.leftPadded(to: width), text.leftPadded(to: width)))
    }
    while let width = Console.errorWidth, columns.count > 1,
      columns.reduce(-2, { $0 + $1.0.count + 2 }) > width
    {
      columns.removeLast()
    }
    if !hasHeader { line(columns.map(\.0).joined(separator: "  ")) }
    hasHeader = true
    line(columns.map(\.1).joined(separator: "  "))
  }

  private static let columns = [
    "seconds", "loss", "accuracy", "val_loss", "val_accuracy", "val_f1_macro",
  ]

  private func update(_ progress: StepProgress) {
    guard isLive else { return }
    let now = ContinuousClock.now
    if let lastUpdate, now - lastUpdate < Self.interval, progress.step < progress.stepCount {
      return
    }
    lastUpdate = now
    let share = Double(progress.step) / Double(progress.stepCount)
    let rate = Double(progress.imageCount) / max(progress.seconds, 1e-9)
    let start = "epoch \(progress.epoch)/\(epochCount)  "
    let end = [
      "\(timeLeft(progress, share)) left", "\(Int(rate).grouped) images/s",
      "loss \(progress.loss.fixed(4))",
    ].joined(separator: "  ")
    let room = (Console.errorWidth ?? 80) - 1 - start.count - end.count - 2
    live(start + bar(share, length: min(room, Self.longestBar)) + end)
  }

  /// A bar of which `share` is full; nothing where it would be too short to say something.
  private func bar(_ share: Double, length: Int) -> String {
    guard length >= 5 else { return "" }
    let filled = Int((share * Double(length)).rounded())
    return String(repeating: "━", count: filled) + String(repeating: "╌", count: length - filled)
      + "  "
  }

  /// The time that the rest of this run takes if it goes on like this; callbacks may end it sooner.
  private func timeLeft(_ progress: StepProgress, _ share: Double) -> String {
    let perEpoch =
      epochsDone > 0 ? epochSeconds / Double(epochsDone) : progress.seconds / max(share, 1e-9)
    let seconds = Int(
      (perEpoch * (Double(epochCount - progress.epoch) + 1 - share)).rounded(.up))
    return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
  }

  private func live(_ text: String) {
    let width = (Console.errorWidth ?? 80) - 1
    Console.raw("\r" + text.truncated(to: width) + "\u{1B}[K")
    isLineOpen = true
  }
}
