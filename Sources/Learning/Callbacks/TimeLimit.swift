import Diagnostics
import Specs

/// Stops after the epoch in which a time is over. How many epochs that allows depends on the machine.
package struct TimeLimit: CallbackSpec {
  package static let type = "time_limit"
  package static let summary = "Ends training after the epoch in which the time is over."
  package static let otherNames = ["timer", "max_time", "time_stopping"]

  @Field("Minutes of training and validation.", example: "30", .atLeast(0)) package var minutes =
    0.0
  @Field("Seconds, added to the minutes.", .atLeast(0)) package var seconds = 0.0

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    guard minutes == 0, seconds == 0 else { return }
    diagnostics.error(
      .noTime, "'time_limit' leaves no time", at: $minutes.specLocation,
      hint: "give it 'minutes' or 'seconds'")
  }

  package func makeCallback() -> any Callback {
    TimeLimitCallback(limit: 60 * minutes + seconds)
  }
}

private struct TimeLimitCallback: Callback {
  let limit: Double
  var memory = Memory()

  struct Memory: Codable {
    /// Seconds of all epochs so far.
    var elapsed = 0.0
  }

  mutating func respond(to event: RunEvent) -> [CallbackAction] {
    guard case .epochEnded(let record) = event else { return [] }
    memory.elapsed += record.seconds
    guard memory.elapsed >= limit else { return [] }
    return [.stop(reason: "the time limit of \(limit) s was over after epoch \(record.epoch)")]
  }
}
