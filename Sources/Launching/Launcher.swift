import Records
import Running

/// A service that executes each run in a process of its own: on this computer, or wherever a scheduler has room for it.
package protocol Launcher: AnyObject {
  /// Hands `run` over to a process that executes it. This process must not write to its folder after that.
  func submit(_ run: consuming OpenRun) throws -> Job

  /// Returns the reports of jobs since the last call, in order for each job; waits at most `timeout` if there are none.
  ///
  /// The last report of a job is its end, which is reported once.
  func poll(timeout: Duration) -> [(job: Job, report: JobReport)]

  /// Asks a job to save its state and to end. Its end is then reported as usual.
  func cancel(_ job: Job)
}

/// A run that was submitted to a launcher.
package struct Job: Hashable, Sendable, Identifiable {
  /// The number of the job, unique for its launcher; later jobs have higher numbers.
  package let id: Int
  package let folder: RunFolder
  /// The experiment's name.
  package let experiment: String
  /// The combination of a sweep's values that it belongs to, in words.
  package let variant: String?
  package let seed: Int
  /// The seed, and the fold if there are any.
  package let repetition: Repetition
  /// Epochs that the spec asks for.
  package let epochCount: Int

  package init(id: Int, _ run: borrowing OpenRun) {
    self.init(id: id, folder: run.folder, run.manifest)
  }

  /// The job of the run in `folder` with this manifest.
  init(id: Int, folder: RunFolder, _ manifest: Manifest) {
    self.id = id
    self.folder = folder.notKeptOpen()
    experiment = manifest.name
    variant = manifest.variant
    seed = manifest.seed
    repetition = manifest.repetition
    epochCount = manifest.epochsPlanned
  }
}
