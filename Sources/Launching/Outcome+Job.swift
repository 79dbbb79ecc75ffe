import Records
import Running

extension Runner.Outcome {
  /// The outcome of the run of `job`, whose process ended with `end`, as recorded in the run's folder.
  package init(of job: Job, _ end: JobEnd) {
    let folder = job.folder
    var (status, results, failure) = (RunStatus.crashed, Results?.none, Manifest.Failure?.none)
    var cause: any Error = JobFailure(unrecorded: end)
    do {
      let record = try RunRecord(folder: folder)
      // If the run is running, another process resumed it meanwhile, and reports its outcome.
      if record.status != .running { (status, failure) = (record.status, record.failure) }
      results = record.results
      if let failure { cause = JobFailure(recorded: failure.message) }
    } catch {
      (status, cause) = (.failed, error)
    }
    let error = RunError(
      folder: folder, seed: job.seed, epoch: failure?.epoch, step: failure?.step, cause: cause,
      recordingError: nil)
    let isDone = status == .completed
    // The record decides: a process may have failed after the run was complete.
    let exit = isDone ? .done : end.exitStatus == .done ? .runFailed : end.exitStatus
    self.init(
      folder: folder, seed: job.seed, status: status, exit: exit, results: results,
      error: isDone ? nil : error)
  }
}
