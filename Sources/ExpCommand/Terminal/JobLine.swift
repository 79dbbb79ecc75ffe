import Launching
import Learning
import Metrics
import TextLayout

/// The live line of a job.
struct JobLine {
  let job: Job
  /// The name that distinguishes its run from those of other experiments; nil if there are no others.
  private let group: String?
  private var progress: RunProgress
  private var step: StepProgress?
  private var validationAccuracy: Double?
  /// The place where it runs; nil if that is this computer.
  private var place: String?
  /// The activity shown while it takes no steps.
  private var activity: String? = "starting …"

  /// The line of `job`, with the experiment's name if it `namesExperiment`.
  init(_ job: Job, namesExperiment: Bool) {
    self.job = job
    let parts = [namesExperiment ? job.experiment : nil, job.variant].compactMap(\.self)
    group = parts.isEmpty ? nil : parts.joined(separator: ", ").singleLine
    progress = RunProgress(epochCount: job.epochCount)
  }

  /// The name of its run: `width: 2, seed 3`.
  var label: String { label(width: .max) }

  /// The name in at most `width` columns if possible. It always has the seed and the fold.
  private func label(width: Int) -> String {
    let seed = "\(job.repetition)"
    return group.map { "\($0.truncated(to: max(1, width - seed.count - 2))), \(seed)" } ?? seed
  }

  /// Updates the line with a report of the job.
  mutating func take(_ report: JobReport) {
    switch report {
    case .step(let progress): (step, activity) = (progress, nil)
    case .epoch(let record):
      progress.add(record)
      // Of a run that others started, no steps are known.
      (step, activity) = (StepProgress(endOf: record), nil)
      validationAccuracy = record["val_accuracy"]
    case .place(let text): place = text
    case .scoring: activity = "scoring …"
    case .note, .message, .ended: break
    }
  }

  /// The figures beside the label and the bar, the least important at the end; nil if it takes no steps.
  private var cells: [String]? {
    guard let step, activity == nil else { return nil }
    return [
      "epoch \(step.epoch)/\(job.epochCount)",
      "\(progress.timeLeft(after: step)) left", "loss \(step.loss.fixed(4))",
      validationAccuracy.map { "val_accuracy \($0.fixed(4))" } ?? "",
    ]
  }

  /// The texts of `lines` in `width` columns, one below the other like a table.
  static func texts(of lines: [JobLine], width: Int) -> [String] {
    let labelWidth = min(lines.map(\.label.displayWidth).max() ?? 0, width / 2)
    let placeWidth = min(lines.map { $0.place?.displayWidth ?? -2 }.max() ?? -2, width / 3)
    let cells = lines.compactMap(\.cells)
    var widths = (cells.first ?? []).indices.map { column in
      cells.map { $0[column].displayWidth }.max() ?? 0
    }
    func room() -> Int { widths.reduce(width - labelWidth - placeWidth - 2) { $0 - $1 - 2 } }
    while widths.count > 1, room() < 0 || widths.last == 0 { widths.removeLast() }
    return lines.map { line in
      var parts = [line.label(width: labelWidth).padded(to: labelWidth)]
      if placeWidth > 0 {
        parts.append((line.place ?? "").truncated(to: placeWidth).padded(to: placeWidth))
      }
      if let cells = line.cells, let step = line.step {
        let start = parts.count
        parts += zip(cells, widths).map { $0.leftPadded(to: $1) }
        let share = line.progress.share(after: step)
        if let bar = RunProgress.bar(share, room: room() - 2) { parts.insert(bar, at: start + 1) }
      } else {
        parts.append(line.activity ?? "")
      }
      return parts.joined(separator: "  ").truncated(to: width)
    }
  }
}

extension StepProgress {
  /// The progress at the end of the epoch of `record`.
  fileprivate init(endOf record: EpochRecord) {
    self.init(
      epoch: record.epoch, step: 1, stepCount: 1, imageCount: 0, seconds: record.seconds,
      loss: record.loss, accuracy: record.accuracy, stepLoss: record.loss)
  }
}
