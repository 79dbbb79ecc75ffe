import Specs

/// Watches a run and says what the trainer should do. It does nothing itself.
public protocol Callback: Sendable {
  /// Answers `event` with what is to be done, in order.
  mutating func respond(to event: RunEvent) -> [CallbackAction]
}

/// What a callback may ask of the trainer.
public enum CallbackAction: Hashable, Sendable {
  /// Remember the parameters as they are now, for this callback.
  case keepParameters
  /// The same, and save them to the run's folder.
  case saveParameters
  /// Go back to the parameters remembered for this callback.
  case restoreKeptParameters
  /// Score the parameters remembered for this callback, whatever is in memory at the end.
  case scoreKeptParameters
  /// End training after this epoch.
  case stop(reason: String)
}

/// A callback as a spec declares it.
public protocol CallbackSpec: Spec {
  /// The column of the history that it watches; nil if it watches none.
  var monitoredColumn: String? { get }
  func makeCallback() -> any Callback
}
