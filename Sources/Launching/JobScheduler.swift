import Running

/// Executes runs as jobs, several at a time, until there are no more.
package final class JobScheduler {
  /// The events for observers.
  package enum Event {
    case began(Job)
    case reported(Job, JobReport)
    case ended(Job, Runner.Outcome)
    /// Another process has taken the job's run over, elsewhere.
    case left(Job)
    /// What a scheduler says of its queue, in words; empty if nothing is in it.
    case queued(String)
    /// A message of no job.
    case note(String)
    /// All events so far have been reported.
    case waiting
  }

  /// The outcomes of the runs that have ended.
  package var outcomes: [Runner.Outcome] { ended.sorted { $0.key < $1.key }.map(\.value) }

  private let launcher: any Launcher
  private let limit: Int
  private let endsAtFailure: Bool
  private var running: Set<Job> = []
  private var ended: [Job.ID: Runner.Outcome] = [:]
  private var isEnding = false

  /// The interval between checks of whether the user wants to stop.
  private static let patience = Duration.milliseconds(100)

  /// A scheduler of at most `limit` jobs at a time. If it `endsAtFailure`, the first run that fails ends all others.
  package init(_ launcher: any Launcher, limit: Int, endsAtFailure: Bool = false) {
    self.launcher = launcher
    self.limit = max(1, limit)
    self.endsAtFailure = endsAtFailure
  }

  /// Executes the runs that `next` returns, until it returns nil.
  ///
  /// - Parameters:
  ///   - observe: called with every event.
  ///   - isInterrupted: called repeatedly; once it returns true, all jobs are cancelled, and no more begin.
  /// - Throws: the errors of `next` and the launcher, after the running jobs have ended.
  package func run(
    next: () throws -> OpenRun?, observe: (Event) -> Void, isInterrupted: () -> Bool
  ) throws {
    var failure: (any Error)?
    var isOver = false
    while true {
      if isInterrupted() { endAll() }
      do {
        while !isOver, !isEnding, !isInterrupted(), running.count < limit {
          guard let run = try next() else {
            isOver = true
            break
          }
          let job = try launcher.submit(run)
          running.insert(job)
          observe(.began(job))
        }
      } catch {
        (failure, isOver) = (error, true)
      }
      if running.isEmpty, isOver || isEnding || isInterrupted() { break }
      for (job, report) in launcher.poll(timeout: Self.patience) {
        guard case .ended(let end) = report else {
          observe(.reported(job, report))
          continue
        }
        running.remove(job)
        let outcome = Runner.Outcome(of: job, end)
        ended[job.id] = outcome
        observe(.ended(job, outcome))
        if endsAtFailure, outcome.isFailure { endAll() }
      }
      observe(.waiting)
    }
    if let failure { throw failure }
  }

  /// Cancels all running jobs; no more begin.
  private func endAll() {
    guard !isEnding else { return }
    isEnding = true
    for job in running { launcher.cancel(job) }
  }
}

extension Runner.Outcome {
  /// True if the run is not completed, and was not interrupted.
  fileprivate var isFailure: Bool { status != .completed && status != .interrupted }
}
