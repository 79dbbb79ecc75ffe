import Experiments
import Learning
import Metrics
import TextLayout

/// The live line of a job.
struct JobLine {
  let job: Job
  let label: String
  private var progress: RunProgress
  private var step: StepProgress?
  private var validationAccuracy: Double?
  /// What it does while it takes no steps.
  private var activity: String? = "starting …"

  init(_ job: Job, label: String) {
    (self.job, self.label) = (job, label.singleLine)
    progress = RunProgress(epochCount: job.epochCount)
  }

  /// Takes in what the job reported.
  mutating func take(_ report: JobReport) {
    switch report {
    case .step(let progress): (step, activity) = (progress, nil)
    case .epoch(let record):
      progress.add(record)
      validationAccuracy = record["val_accuracy"]
    case .scoring: activity = "scoring …"
    case .note, .message, .ended: break
    }
  }

  /// What there is room for in `width` columns, `labelWidth` of them for the label.
  func text(width: Int, labelWidth: Int) -> String {
    let label = label.truncated(to: labelWidth).padded(to: labelWidth)
    guard let step, activity == nil else {
      return "\(label)  \(activity ?? "")".truncated(to: width)
    }
    let start = "\(label)  epoch \(step.epoch)/\(job.epochCount)"
    var parts = [
      "\(progress.timeLeft(after: step)) left", "loss \(step.loss.fixed(4))",
      validationAccuracy.map { "val_accuracy \($0.fixed(4))" },
    ].compactMap(\.self)
    func text(_ bar: String? = nil) -> String {
      ([start] + [bar].compactMap(\.self) + parts).joined(separator: "  ")
    }
    while !parts.isEmpty, text().displayWidth > width { parts.removeLast() }
    let bar = RunProgress.bar(
      progress.share(after: step), room: width - text().displayWidth - 2)
    return text(bar).truncated(to: width)
  }
}
