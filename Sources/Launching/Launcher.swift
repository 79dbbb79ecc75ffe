import Records
import Running

/// Has runs executed by processes of their own: on this computer, or wherever a scheduler finds room for them.
package protocol Launcher: AnyObject {
  /// Hands `run` over to a process that executes it. This process may then write to its folder no longer.
  func submit(_ run: consuming OpenRun) throws -> Job

  /// Returns the reports of jobs since the last time, each one's in order; waits at most `timeout` if there are none.
  ///
  /// The last report of a job is that it ended, and comes once.
  func poll(timeout: Duration) -> [(job: Job, report: JobReport)]

  /// Asks a job to save its state and to end. That it ended is then reported as always.
  func cancel(_ job: Job)
}

/// A run that a launcher was given.
package struct Job: Hashable, Sendable, Identifiable {
  /// Tells the jobs of a launcher apart; those submitted later have higher numbers.
  package let id: Int
  package let folder: RunFolder
  /// The experiment's name.
  package let experiment: String
  /// The combination of a sweep's values that it belongs to, in words.
  package let variant: String?
  package let seed: Int
  /// Epochs that the spec asks for.
  package let epochCount: Int

  package init(id: Int, _ run: borrowing OpenRun) {
    self.id = id
    folder = run.folder
    experiment = run.manifest.name
    variant = run.manifest.variant
    seed = run.manifest.seed
    epochCount = run.manifest.epochsPlanned
  }
}
