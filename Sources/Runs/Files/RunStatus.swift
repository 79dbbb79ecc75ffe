/// How far a run has come.
public enum RunStatus: String, Encodable, Sendable {
  /// It is being trained.
  case running
  /// It has results.
  case completed
  /// An error ended it.
  case failed
  /// The user stopped it.
  case interrupted
  /// The loss was no longer a number.
  case diverged
  /// run.json says `running`, but its process is gone. Never written, only found.
  case crashed
}
