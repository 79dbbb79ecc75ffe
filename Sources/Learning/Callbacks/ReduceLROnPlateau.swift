import Specs

/// Lowers the learning rate when a monitored value has not improved for some epochs.
///
/// It multiplies whatever the schedule says.
package struct ReduceLROnPlateau: CallbackSpec {
  package static let type = "reduce_lr_on_plateau"
  package static let summary = "Lowers the learning rate when a metric stops improving."
  package static let source: String? = "Keras's ReduceLROnPlateau"
  package static let otherNames = ["reduce_lr", "plateau"]

  @Field("The column of the history to watch.") package var monitor = "val_loss"
  @Field("What the learning rate is multiplied with.", .greaterThan(0), .range(0..<1))
  package var factor = 0.1
  @Field("Epochs without improvement after which that happens.", example: "5", .atLeast(0))
  package var patience = 10
  @Field("Changes up to this size are no improvement.", .atLeast(0)) package var minDelta = 0.0001
  @Field("Whether the metric should grow or fall.") package var mode: MonitorMode = .auto
  @Field("Epochs after a reduction that do not count.", .atLeast(0)) package var cooldown = 0
  @Field("No reduction goes below this learning rate.", key: "min_lr", .atLeast(0))
  package var minLearningRate = 0.0

  package init() {}

  package var monitorField: Field<String>? { $monitor }
  package var modeField: Field<MonitorMode>? { $mode }

  /// The first epoch is the best so far; after the last one that it waits, the next has another rate.
  package var firstEffect: EpochSetting? {
    EpochSetting("patience", $patience, epoch: patience < .max - 2 ? patience + 2 : .max)
  }

  package func makeCallback() -> any Callback {
    ReduceLROnPlateauCallback(
      factor: factor, patience: patience, cooldown: cooldown, leastRate: minLearningRate,
      monitor: Monitor(monitor, mode: mode, minDelta: minDelta))
  }
}

private struct ReduceLROnPlateauCallback: Callback {
  let factor: Double
  let patience: Int
  let cooldown: Int
  let leastRate: Double
  let monitor: Monitor
  var memory = Memory()

  struct Memory: Codable {
    var best: Monitor.Best?
    /// Epochs without improvement.
    var wait = 0
    /// Epochs of the cooldown that are left.
    var rest = 0
  }

  mutating func respond(to event: RunEvent) -> [CallbackAction] {
    guard case .epochEnded(let record) = event, record[monitor.column] != nil else { return [] }
    if memory.rest > 0 {
      memory.rest -= 1
      memory.wait = 0
    }
    if monitor.improvement(in: record, on: &memory.best) != nil {
      memory.wait = 0
      return []
    }
    guard memory.rest == 0 else { return [] }
    memory.wait += 1
    let rate = record.learningRate
    guard memory.wait >= patience, rate > leastRate else { return [] }
    memory.rest = cooldown
    memory.wait = 0
    return [.scaleLearningRate(max(rate * factor, leastRate) / rate)]
  }
}
