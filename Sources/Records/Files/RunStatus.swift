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
  /// run.json says `running`, but no process has the run's lock. Never written, only found.
  case crashed

  /// True if the run stopped early and can be resumed.
  package var isResumable: Bool { self == .interrupted || self == .crashed }
}
