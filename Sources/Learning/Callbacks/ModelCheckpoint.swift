import Specs

/// Saves weights during training.
///
/// With `save_best_only` the run's results come from the best epoch's weights. Keras's `save_freq` counts batches
/// unless it is 'epoch'; `every_epochs` says what it counts. `max_to_keep` is TensorFlow's word for it, `save_last`
/// Lightning's.
package struct ModelCheckpoint: CallbackSpec {
  package static let type = "model_checkpoint"
  package static let summary = "Saves the weights after some epochs, or after each best one."
  package static let source: String? = "Keras's ModelCheckpoint"
  package static let otherNames = ["checkpoint"]

  @Field("The column of the history to watch, with save_best_only.", example: "val_accuracy")
  package
    var monitor = "val_loss"
  @Field("Whether only epochs better than all before are saved.", example: "true") package
    var saveBestOnly = false
  @Field("Whether the metric should grow or fall.") package var mode: MonitorMode = .auto
  @Field("Looks only at every so many epochs.", .atLeast(1)) package var everyEpochs = 1
  @Field("How many of the latest saved weights also stay in the folder 'checkpoints'.", .atLeast(0))
  package var maxToKeep = 0
  @Field("Whether the weights of the last epoch are saved, too, as last.safetensors.")
  package var saveLast = false

  package init() {}

  package var monitorField: Field<String>? { saveBestOnly ? $monitor : nil }
  package var modeField: Field<MonitorMode>? { $mode }

  package var firstEpoch: EpochSetting? {
    EpochSetting("every_epochs", $everyEpochs, epoch: everyEpochs)
  }

  package func makeCallback() -> any Callback {
    ModelCheckpointCallback(
      savesBestOnly: saveBestOnly, everyEpochs: everyEpochs, maxToKeep: maxToKeep,
      savesLast: saveLast,
      monitor: Monitor(monitor, mode: mode))
  }
}

private struct ModelCheckpointCallback: Callback {
  let savesBestOnly: Bool
  let everyEpochs: Int
  let maxToKeep: Int
  let savesLast: Bool
  let monitor: Monitor
  var memory = Memory()

  struct Memory: Codable {
    var best: Monitor.Best?
  }

  mutating func respond(to event: RunEvent) -> [CallbackAction] {
    switch event {
    case .epochEnded(let record):
      let last: [CallbackAction] = savesLast ? [.saveLastParameters] : []
      guard record.epoch.isMultiple(of: everyEpochs),
        !savesBestOnly || monitor.improvement(in: record, on: &memory.best) != nil
      else { return last }
      return [.saveParameters(keepingLast: maxToKeep)] + last
    case .trainingEnded: return savesBestOnly ? [.scoreKeptParameters] : []
    default: return []
    }
  }
}
