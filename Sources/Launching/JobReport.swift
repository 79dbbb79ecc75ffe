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
  /// Training is over, and the network is being scored.
  case scoring
  /// The place where it runs, and what a scheduler says of it.
  case place(String)
  /// A line that the process wrote for its user to read.
  case message(String)
  /// The process has ended.
  case ended(JobEnd)

  /// The report of `event`; nil if it is not worth reporting.
  init?(_ event: RunEvent) {
    switch event {
    case .stepEnded(let progress): self = .step(progress)
    case .epochEnded(let record): self = .epoch(record)
    case .note(let text): self = .note(text)
    case .trainingEnded: self = .scoring
    case .trainingStarted, .epochTrained, .parametersSaved, .lastParametersSaved, .stateReached:
      return nil
    }
  }
}

/// The way a process ended.
package enum JobEnd: Hashable, Sendable, Codable {
  case exit(code: Int32)
  case signal(Int32)
  /// It is gone, and nobody has seen how it ended.
  case unseen
}

/// Reports are sent from one process to the other as lines, each a JSON object.
extension JobReport {
  /// The report as one line, without its end.
  package func line() throws -> String {
    try PlainValue(encoding: self).json
  }

  /// The report in a line that `line()` made. Any other line, such as a library's, is a message.
  package init(line: String) {
    do {
      try self.init(json: line)
    } catch {
      self = .message(line)
    }
  }
}
