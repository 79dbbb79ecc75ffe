import Launching
import Learning
import Metrics
import Running
import TextLayout

/// Shows the progress of concurrent runs on standard error: on a terminal a live line for each, otherwise one line per
/// epoch.
final class JobsDisplay {
  private let isQuiet: Bool
  private let isLive: Bool
  private let namesExperiments: Bool
  private var lines: [JobLine] = []
  /// The state of a scheduler's queue.
  private var queue = ""
  /// The widths of the live lines now on the terminal, in columns.
  private var drawnWidths: [Int] = []
  private var lastDrawing: ContinuousClock.Instant?
  private var hasNews = false

  private static let interval = Duration.milliseconds(100)

  /// A display that also shows the experiments' names if it `namesExperiments`.
  init(isQuiet: Bool, namesExperiments: Bool) {
    self.isQuiet = isQuiet
    self.namesExperiments = namesExperiments
    isLive = Console.isTerminal && !isQuiet
  }

  /// Shows `event`.
  func show(_ event: JobScheduler.Event) {
    switch event {
    case .began(let job):
      lines.append(JobLine(job, namesExperiment: namesExperiments))
    case .reported(let job, let report): show(report, of: job)
    case .ended(let job, let outcome):
      if let place = lines.firstIndex(where: { $0.job == job }) {
        show(outcome, label: lines.remove(at: place).label)
      }
    case .left(let job): lines.removeAll { $0.job == job }
    case .queued(let text):
      guard text != queue else { return }
      queue = text
      if !isLive, !text.isEmpty { line(text) }
    case .note(let text): error(text)
    case .waiting:
      if isLive, hasNews { draw() }
      return
    }
    hasNews = true
  }

  /// Writes a line that stays.
  func line(_ text: String) {
    if !isQuiet { error(text) }
  }

  /// Writes a line that stays, even if the user wants quiet.
  private func error(_ text: String) {
    clear()
    Console.error(text + "\n")
  }

  private func show(_ report: JobReport, of job: Job) {
    guard let place = lines.firstIndex(where: { $0.job == job }) else { return }
    lines[place].take(report)
    let label = lines[place].label
    switch report {
    case .epoch(let record): if !isLive { line("\(label): \(text(of: record, job))") }
    case .note(let text): line("\(label): \(text)")
    case .message(let text):
      if !text.isEmpty { error("\(label): \(text)") }
    case .step, .scoring, .place, .ended: break
    }
  }

  private func text(of record: EpochRecord, _ job: Job) -> String {
    let scores = ["loss", "accuracy", "val_loss", "val_accuracy", "val_f1_macro"]
      .compactMap { name in record[name].map { "\(name) \($0.fixed(4))" } }
    return
      (["epoch \(record.epoch)/\(job.epochCount)", "\(record.seconds.fixed(1)) s"] + scores)
      .joined(separator: "  ")
  }

  private func show(_ outcome: Runner.Outcome, label: String) {
    if let failure = outcome.failureText { error(failure) }
    guard let results = outcome.results else { return }
    if let reason = results.stopReason { line("\(label): stopped: \(reason)") }
    let scores = ["val_accuracy", "test_accuracy"].compactMap { name in
      ScoreName(rawValue: name).flatMap(results.value(of:)).map { "\(name) \($0.fixed(4))" }
    }
    line(
      (["\(label): \(outcome.status.rawValue)"] + scores
        + ["\(results.trainSeconds.fixed(1)) s", outcome.folder.path]).joined(separator: "  "))
  }

  // MARK: the live lines

  /// Removes the live lines.
  func clear() {
    guard !drawnWidths.isEmpty else { return }
    Console.raw(start + "\u{1B}[J")
    drawnWidths = []
    (lastDrawing, hasNews) = (nil, true)
  }

  private func draw() {
    let now = ContinuousClock.now
    if let lastDrawing, now - lastDrawing < Self.interval { return }
    // A line that fills the last column would wrap on some terminals.
    let width = (Console.errorWidth ?? 80) - 1
    let room = max(1, (Console.errorHeight ?? 24) - 1)
    var texts = JobLine.texts(of: lines, width: width)
    if texts.count > room {
      texts = texts.prefix(room - 1) + ["… and \(counted(texts.count - room + 1, "run")) more"]
    }
    if !queue.isEmpty {
      texts = texts.prefix(max(0, room - 1)) + [queue.singleLine.truncated(to: width)]
    }
    Console.raw(start + texts.map { $0 + "\u{1B}[K" }.joined(separator: "\n") + "\u{1B}[J")
    (drawnWidths, lastDrawing, hasNews) = (texts.map(\.displayWidth), now, false)
  }

  /// The control sequence that moves to the start of the live lines, which take more lines if the terminal has become
  /// narrower.
  private var start: String {
    let width = max(1, Console.errorWidth ?? 80)
    let heights = drawnWidths.map { max(1, ($0 + width - 1) / width) }
    let height = heights.reduce(0, +)
    return height > 1 ? "\r\u{1B}[\(height - 1)A" : "\r"
  }
}
