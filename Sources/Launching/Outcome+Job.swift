import Records
import Running

extension Runner.Outcome {
  /// The outcome of the run of `job`, whose process ended with `end`, as the run's folder has it.
  package init(of job: Job, _ end: JobEnd) {
    let folder = job.folder
    var (status, results, failure) = (RunStatus.crashed, Results?.none, Manifest.Failure?.none)
    var cause: any Error = JobFailure(unrecorded: end)
    do {
      let record = try RunRecord(folder: folder)
      // Where another process has taken up the run meanwhile, it is for that one to say what becomes of it.
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
    // What is recorded counts: a process may have failed only at what comes after.
    let exit = isDone ? .done : end.exitStatus == .done ? .runFailed : end.exitStatus
    self.init(
      folder: folder, seed: job.seed, status: status, exit: exit, results: results,
      error: isDone ? nil : error)
  }
}
