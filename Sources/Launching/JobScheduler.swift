import Running

/// Keeps a number of jobs busy until there is nothing more to run.
package final class JobScheduler {
  /// The events that an observer may want to know of.
  package enum Event {
    case began(Job)
    case reported(Job, JobReport)
    case ended(Job, Runner.Outcome)
    /// Everything that has happened is told, and it may take a moment until there is more.
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

  /// The time between two looks at whether the user wants to stop.
  private static let patience = Duration.milliseconds(100)

  /// A scheduler of at most `limit` jobs at a time. If it `endsAtFailure`, the first run that fails is the end of all.
  package init(_ launcher: any Launcher, limit: Int, endsAtFailure: Bool = false) {
    self.launcher = launcher
    self.limit = max(1, limit)
    self.endsAtFailure = endsAtFailure
  }

  /// Has the runs executed that `next` comes up with, until it has no more.
  ///
  /// - Parameters:
  ///   - observe: is told everything that happens.
  ///   - isInterrupted: asked all the time; once it says so, all jobs are cancelled, and no more begin.
  /// - Throws: what `next` and the launcher throw; before that, the jobs that run may end.
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

  /// Begins no more, and cancels what runs.
  private func endAll() {
    guard !isEnding else { return }
    isEnding = true
    for job in running { launcher.cancel(job) }
  }
}

extension Runner.Outcome {
  /// True if something went wrong, and nobody wanted the run to end.
  fileprivate var isFailure: Bool { status != .completed && status != .interrupted }
}
