import Diagnostics
import Metrics
import Specs

/// Stops as soon as a monitored value is good enough.
package struct TargetReached: CallbackSpec {
  package static let type = "target_reached"
  package static let summary = "Ends training once a metric reaches a value."

  @Field("The column of the history to watch.", example: "val_accuracy") package var monitor: String
  @Field("The value to reach.", example: "0.99") package var value: Double
  @Field("Whether the metric should grow or fall.") package var mode: MonitorMode = .auto

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    let metric = ScoreName(rawValue: monitor)?.metric ?? Metric(rawValue: monitor)
    guard let metric, !metric.range.contains(value) else { return }
    diagnostics.error(
      .outOfRange, "'\(monitor)' is always \(metric.range.inWords), never \(value)",
      at: $value.location, hint: metric.range.hint(for: value))
  }

  package var monitorField: Field<String>? { $monitor }
  package var modeField: Field<MonitorMode>? { $mode }

  package func makeCallback() -> any Callback {
    TargetReachedCallback(target: value, monitor: Monitor(monitor, mode: mode))
  }
}

private struct TargetReachedCallback: Callback {
  let target: Double
  let monitor: Monitor

  func respond(to event: RunEvent) -> [CallbackAction] {
    guard case .epochEnded(let record) = event, let value = record[monitor.column],
      value == target || monitor.isBetter(value, than: target)
    else { return [] }
    return [.stop(reason: "\(monitor.column) reached \(target) with \(value)")]
  }
}
