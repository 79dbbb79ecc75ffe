import Specs

/// Stops as soon as a monitored value is good enough.
public struct TargetReached: CallbackSpec {
  public static let type = "target_reached"
  public static let summary = "Ends training once a metric reaches a value."

  @Field("The column of the history to watch.") public var monitor: String
  @Field("The value to reach.") public var value: Double
  @Field("Whether the metric should grow or fall.") public var mode: MonitorMode = .auto

  public init() {}

  public var monitoredColumn: String? { monitor }

  public func makeCallback() -> any Callback {
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
