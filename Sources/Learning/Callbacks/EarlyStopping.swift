import Specs

/// Stops when a monitored value has not improved for some epochs.
package struct EarlyStopping: CallbackSpec {
  package static let type = "early_stopping"
  package static let summary = "Ends training when a metric stops improving."
  package static let source: String? = "Keras's EarlyStopping"

  @Field("The column of the history to watch.", example: "val_accuracy") package var monitor =
    "val_loss"
  @Field("Epochs without improvement after which training ends.", example: "3", .atLeast(0))
  package var patience = 0
  @Field("Changes up to this size are no improvement.", .atLeast(0)) package var minDelta = 0.0
  @Field("Whether the metric should grow or fall.") package var mode: MonitorMode = .auto
  @Field("A value to beat: without that, the best so far is no improvement.")
  package var baseline: Double?
  @Field("Epochs at the start that do not count.", .atLeast(0)) package var startFromEpoch = 0
  @Field("Whether to go back to the best epoch's weights at the end.")
  package var restoreBestWeights = false

  package init() {}

  package var monitorField: Field<String>? { $monitor }
  package var modeField: Field<MonitorMode>? { $mode }

  package var firstEpoch: EpochSetting? {
    EpochSetting(
      "start_from_epoch", $startFromEpoch,
      epoch: startFromEpoch == .max ? .max : startFromEpoch + 1)
  }

  package var firstEffect: EpochSetting? {
    // Going back to the best weights is an effect too.
    guard !restoreBestWeights else { return nil }
    let (lastEpoch, isTooLarge) = startFromEpoch.addingReportingOverflow(patience)
    return EpochSetting(
      "patience", $patience, epoch: isTooLarge || lastEpoch == .max ? .max : lastEpoch + 1)
  }

  package func makeCallback() -> any Callback {
    EarlyStoppingCallback(
      patience: patience, baseline: baseline, epochsBefore: startFromEpoch,
      restoresBest: restoreBestWeights, monitor: Monitor(monitor, mode: mode, minDelta: minDelta))
  }
}

private struct EarlyStoppingCallback: Callback {
  let patience: Int
  let baseline: Double?
  /// The number of epochs before it starts to watch.
  let epochsBefore: Int
  let restoresBest: Bool
  let monitor: Monitor
  var memory = Memory()

  struct Memory: Codable {
    var best: Monitor.Best?
    /// Epochs without improvement.
    var wait = 0
  }

  mutating func respond(to event: RunEvent) -> [CallbackAction] {
    switch event {
    case .epochEnded(let record):
      guard record.epoch > epochsBefore, record[monitor.column] != nil else { return [] }
      memory.wait += 1
      if let value = monitor.improvement(in: record, on: &memory.best) {
        if baseline.map({ monitor.isBetter(value, than: $0) }) ?? true { memory.wait = 0 }
        return restoresBest ? [.keepParameters] : []
      }
      // Keras never stops after the first epoch, so that a patience of 0 has something to compare with.
      guard memory.wait >= patience, record.epoch > 1 else { return [] }
      let best = memory.best.map { "; the best epoch was \($0.epoch)" } ?? ""
      let epochs = memory.wait == 1 ? "1 epoch" : "\(memory.wait) epochs"
      let goal = baseline.map { " beyond \($0)" } ?? ""
      return [.stop(reason: "\(monitor.column) has not improved\(goal) for \(epochs)\(best)")]
    case .trainingEnded: return restoresBest ? [.restoreKeptParameters] : []
    default: return []
    }
  }
}
