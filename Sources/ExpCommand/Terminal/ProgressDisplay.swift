import Datasets
import Learning
import Metrics
import TextLayout

/// Shows the progress of runs on standard error: a row per epoch, and on a terminal a live line below.
final class ProgressDisplay {
  private let isQuiet: Bool
  private let isLive: Bool
  private let epochCount: Int
  private var progress: RunProgress
  private var lastUpdate: ContinuousClock.Instant?
  private var isLineOpen = false
  private var hasHeader = false

  private static let interval = Duration.milliseconds(100)

  init(epochs: Int, isQuiet: Bool) {
    epochCount = epochs
    progress = RunProgress(epochCount: epochs)
    self.isQuiet = isQuiet
    isLive = Console.isTerminal && !isQuiet
  }

  /// Begins a run under the heading `title`.
  func begin(_ title: String) {
    (progress, lastUpdate, hasHeader) = (RunProgress(epochCount: epochCount), nil, false)
    line("\n" + title)
    // Large networks take some seconds to compile and to make their first step.
    if isLive { live("starting …") }
  }

  /// Shows what comes before the first run on `data`.
  func show(heading: String, _ data: PreparedData) {
    line(heading)
    for note in data.description.notes { line("note: \(note)".wrapped(to: Console.errorWidth)) }
  }

  /// Writes a line that stays.
  func line(_ text: String) {
    clear()
    if !isQuiet { Console.error(text + "\n") }
  }

  /// Shows `event`.
  func show(_ event: RunEvent) {
    switch event {
    case .stepEnded(let step): update(step)
    case .epochEnded(let record):
      progress.add(record)
      row(of: record)
    case .note(let text): line(text)
    case .trainingEnded: if isLive { live("scoring …") }
    case .trainingStarted, .epochTrained, .parametersSaved, .lastParametersSaved, .stateReached:
      break
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

  private func update(_ step: StepProgress) {
    guard isLive else { return }
    let now = ContinuousClock.now
    if let lastUpdate, now - lastUpdate < Self.interval, step.step < step.stepCount { return }
    lastUpdate = now
    let rate = Double(step.imageCount) / max(step.seconds, 1e-9)
    let start = "epoch \(step.epoch)/\(epochCount)  "
    let end = [
      "\(progress.timeLeft(after: step)) left", "\(Int(rate).grouped) images/s",
      "loss \(step.loss.fixed(4))",
    ].joined(separator: "  ")
    let room = (Console.errorWidth ?? 80) - 1 - start.count - end.count - 2
    let bar = RunProgress.bar(step.share, room: room).map { $0 + "  " } ?? ""
    live(start + bar + end)
  }

  private func live(_ text: String) {
    let width = (Console.errorWidth ?? 80) - 1
    Console.raw("\r" + text.singleLine.truncated(to: width) + "\u{1B}[K")
    isLineOpen = true
  }
}
