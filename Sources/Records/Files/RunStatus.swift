/// The status of a run.
package enum RunStatus: String, Codable, Sendable {
  /// It is being trained.
  case running
  /// It has results.
  case completed
  /// An error ended it.
  case failed
  /// The user or a full disk stopped it; it can be resumed.
  case interrupted
  /// The loss was no longer a number.
  case diverged
  /// run.json says `running`, but no process holds the run's lease. Never written, only found.
  case crashed
  /// run.json says `running`, but another process went on with the run in a new folder, since this one's had not renewed
  /// its lease. Never written, only found. That process may come back, so nobody else writes to its folder.
  case continued

  /// True if the run stopped early and can be resumed.
  package var isResumable: Bool { self == .interrupted || self == .crashed }

  /// True if the run ended in an error of its own.
  package var hasFailed: Bool { self == .failed || self == .diverged }
}
