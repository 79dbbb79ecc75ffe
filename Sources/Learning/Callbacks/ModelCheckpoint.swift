import Specs

/// Saves weights during training, as Keras's `ModelCheckpoint`.
///
/// With `save_best_only` the run's results come from the best epoch's weights.
public struct ModelCheckpoint: CallbackSpec {
  public static let type = "model_checkpoint"
  public static let summary = "Saves the weights after each epoch, or after each best one."

  @Field("The column of the history to watch, with save_best_only.") public var monitor = "val_loss"
  @Field("Whether only epochs better than all before are saved.") public var saveBestOnly = false
  @Field("Whether the metric should grow or fall.") public var mode: MonitorMode = .auto

  public init() {}

  public var monitoredColumn: String? { saveBestOnly ? monitor : nil }

  public func makeCallback() -> any Callback {
    ModelCheckpointCallback(
      savesBestOnly: saveBestOnly, monitor: Monitor(monitor, mode: mode))
  }
}

private struct ModelCheckpointCallback: Callback {
  let savesBestOnly: Bool
  var monitor: Monitor

  mutating func respond(to event: RunEvent) -> [CallbackAction] {
    switch event {
    case .epochEnded(let record):
      return !savesBestOnly || monitor.improves(with: record) ? [.saveParameters] : []
    case .trainingEnded: return savesBestOnly ? [.scoreKeptParameters] : []
    case .trainingStarted, .stepEnded, .parametersSaved: return []
    }
  }
}
