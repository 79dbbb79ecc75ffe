import Experiments
import Learning
import Metrics
import Reports
import TextLayout

/// Shows on standard error how the runs go on: a live line on a terminal, else a line per epoch.
final class ProgressDisplay {
  private let isQuiet: Bool
  private let isLive: Bool
  private let epochCount: Int
  private var seed = 0
  private var lastUpdate: ContinuousClock.Instant?
  private var isLineOpen = false
  /// Seconds of epochs that are done, for the time left.
  private var epochSeconds = 0.0
  private var epochsDone = 0

  private static let interval = Duration.milliseconds(100)
  private static let barLength = 24

  init(epochs: Int, isQuiet: Bool) {
    epochCount = epochs
    self.isQuiet = isQuiet
    isLive = Console.isTerminal && !isQuiet
  }

  /// Says that the run of `seed` begins, the `position`-th of `count`.
  func begin(seed: Int, position: Int, of count: Int) {
    self.seed = seed
    (epochSeconds, epochsDone, lastUpdate) = (0, 0, nil)
    guard !isQuiet, count > 1 else { return }
    line("seed \(seed) (run \(position) of \(count))")
  }

  /// Writes a line that stays.
  func line(_ text: String) {
    clear()
    if !isQuiet { Console.error(text) }
  }

  /// Shows `event`.
  func show(_ event: RunEvent) {
    switch event {
    case .stepEnded(let progress): update(progress)
    case .epochEnded(let record):
      epochSeconds += record.seconds
      epochsDone += 1
      line(text(of: record))
    case .trainingEnded: if isLive { live("scoring …") }
    case .trainingStarted, .parametersSaved: break
    }
  }

  /// Removes the live line.
  func clear() {
    guard isLineOpen else { return }
    Console.raw("\r\u{1B}[K")
    isLineOpen = false
  }

  private func text(of record: EpochRecord) -> String {
    let validation = [Metric.loss, .accuracy, .f1Macro].compactMap { metric in
      record.validation[metric].map { "val_\(metric.rawValue) \($0.fixed(4))" }
    }
    let number = "\(record.epoch)".leftPadded(to: "\(epochCount)".count)
    return
      ([
        "epoch \(number)/\(epochCount)", "\(record.seconds.fixed(1)) s",
        "loss \(record.loss.fixed(4))", "accuracy \(record.accuracy.fixed(4))",
      ] + validation).joined(separator: "  ")
  }

  private func update(_ progress: StepProgress) {
    guard isLive else { return }
    let now = ContinuousClock.now
    if let lastUpdate, now - lastUpdate < Self.interval, progress.step < progress.stepCount {
      return
    }
    lastUpdate = now
    let share = Double(progress.step) / Double(progress.stepCount)
    let filled = Int((share * Double(Self.barLength)).rounded())
    let bar =
      String(repeating: "━", count: filled)
      + String(repeating: "╌", count: Self.barLength - filled)
    let rate = Double(progress.imageCount) / max(progress.seconds, 1e-9)
    live(
      [
        "epoch \(progress.epoch)/\(epochCount)", bar, "\(Int(rate).grouped) images/s",
        "loss \(progress.loss.fixed(4))", "accuracy \(progress.accuracy.fixed(4))",
        "\(timeLeft(progress, share)) left",
      ].joined(separator: "  "))
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
