import Diagnostics
import Specs

/// Watches a run and says what the trainer should do. It does nothing itself.
package protocol Callback: Sendable {
  /// The values that change from event to event, as opposed to settings. A run saves them with its state.
  associatedtype Memory: Codable = NoMemory
  /// The current values.
  var memory: Memory { get set }
  /// Answers `event` with what is to be done, in order.
  mutating func respond(to event: RunEvent) -> [CallbackAction]
}

/// The memory of a callback that needs none.
package struct NoMemory: Codable, Sendable {}

extension Callback where Memory == NoMemory {
  package var memory: NoMemory {
    get { NoMemory() }
    set {}
  }
}

/// The actions that a callback may ask of the trainer.
package enum CallbackAction: Hashable, Sendable {
  /// Remember the parameters as they are now, for this callback.
  case keepParameters
  /// The same, and save them to the run's folder; besides, keep the last so many that were saved as files of
  /// their own.
  case saveParameters(keepingLast: Int)
  /// Save the parameters as they are now as the last ones so far.
  case saveLastParameters
  /// Go back to the parameters remembered for this callback.
  case restoreKeptParameters
  /// Score the parameters remembered for this callback, whatever is in memory at the end.
  case scoreKeptParameters
  /// Move this callback's average of the learned parameters by so much of the way to those of now. The first time
  /// it becomes equal to them.
  case moveAverage(weight: Double)
  /// Until the next epoch, put this callback's average in place of the learned parameters.
  case useAverage
  /// Gather the moving statistics anew, from the epoch's images.
  case recomputeStatistics
  /// Multiply the learning rate with this from the next step on, whatever its schedule says.
  case scaleLearningRate(Double)
  /// End training after this epoch.
  case stop(reason: String)
}

/// A callback as a spec declares it.
package protocol CallbackSpec: Spec {
  /// The field that names the column of the history that it watches; nil if it watches none.
  var monitorField: Field<String>? { get }
  /// The field that says in which direction that gets better; nil if it watches none.
  var modeField: Field<MonitorMode>? { get }
  /// True if it puts averages in place of the parameters.
  var averagesParameters: Bool { get }
  /// The first epoch after which it can act; nil if that is the first of all.
  var firstEpoch: EpochSetting? { get }
  /// The first epoch that can go otherwise than without it; nil if that is no matter of settings.
  var firstEffect: EpochSetting? { get }
  func makeCallback() -> any Callback
}

extension CallbackSpec {
  package static var otherKeys: OtherNames {
    [
      "monitor": ["metric"],
      "patience": ["tolerance"],
      "min_delta": ["tolerance", "threshold"],
      "min_lr": ["min_learning_rate"],
      "every_epochs": ["save_freq", "every_n_epochs", "period"],
      "max_to_keep": ["save_top_k", "keep"],
      "save_best_only": ["save_best"],
      "save_last": ["save_latest"],
      "restore_best_weights": ["restore_best"],
      "momentum": ["ema_momentum", "ema_decay", "decay"],
      "start_epoch": ["swa_start", "swa_epoch_start", "start_averaging"],
      "value": ["target"],
    ]
  }

  package static var foreignKeys: [String: String] {
    [
      "filepath": "weights are saved in the run's folder",
      "save_weights_only": "weights are all that is saved",
      "raise_error": "a run whose loss is no finite number ends as diverged; other seeds go on",
    ]
  }

  package var monitorField: Field<String>? { nil }
  package var modeField: Field<MonitorMode>? { nil }
  package var averagesParameters: Bool { false }
  package var firstEpoch: EpochSetting? { nil }
  package var firstEffect: EpochSetting? { nil }
}

/// An epoch that a field of a callback decides.
package struct EpochSetting: Sendable {
  /// The field's key.
  package let key: String
  /// The field's place; nil if the callback was made by code.
  package let location: Location?
  /// The number of the epoch, counted from 1.
  package let epoch: Int

  init(_ key: String, _ field: Field<Int>, epoch: Int) {
    self.key = key
    location = field.location
    self.epoch = epoch
  }
}
