import Documents
import Learning
import Metrics

/// A report of a job on itself while it runs.
package enum JobReport: Hashable, Sendable, Codable {
  /// A step is done.
  case step(StepProgress)
  /// An epoch, with its validation, is done.
  case epoch(EpochRecord)
  /// An action of a callback, in words.
  case note(String)
  /// No more epochs follow, and the network is scored.
  case scoring
  /// A line that the process wrote for its user to read.
  case message(String)
  /// The process is no more.
  case ended(JobEnd)

  /// The report of `event`; nil if nobody who watches needs to know of it.
  init?(_ event: RunEvent) {
    switch event {
    case .stepEnded(let progress): self = .step(progress)
    case .epochEnded(let record): self = .epoch(record)
    case .note(let text): self = .note(text)
    case .trainingEnded: self = .scoring
    case .trainingStarted, .epochTrained, .parametersSaved, .stateReached: return nil
    }
  }
}

/// The way a process ended.
package enum JobEnd: Hashable, Sendable, Codable {
  case exit(code: Int32)
  case signal(Int32)
}

/// Reports are sent from one process to the other as lines, each a JSON object.
extension JobReport {
  /// The report as one line, without its end.
  package func line() throws -> String {
    try PlainValue(encoding: self).json
  }

  /// The report that `line()` made the line of. What else a library prints is a message.
  package init(line: String) {
    do {
      try self.init(json: line)
    } catch {
      self = .message(line)
    }
  }
}
