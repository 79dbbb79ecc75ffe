/// What Slurm says of a launch's workers, asked for again and again while others go on.
final class SlurmQueue {
  private let commands: SlurmCommands
  private let job: SlurmJob
  private let name: String
  private var call: SchedulerCall?
  private var next = ContinuousClock.now
  private var interval = Duration.milliseconds(500)

  /// A cluster's controller has more to do than to answer.
  private static let longestInterval = Duration.seconds(10)

  init(_ commands: SlurmCommands, _ job: SlurmJob, named name: String) {
    self.commands = commands
    self.job = job
    self.name = name
  }

  /// The tasks that Slurm still knows, if it has just answered; nil if it has not. Throws why it does not.
  func poll() throws(SlurmError) -> [SlurmTask]? {
    guard let call else {
      if .now >= next { call = try start() }
      return nil
    }
    guard let answer = call.poll() else { return nil }
    self.call = nil
    next = .now + interval
    interval = min(interval * 3 / 2, Self.longestInterval)
    return try SlurmCommands.tasks(in: answer)
  }

  private func start() throws(SlurmError) -> SchedulerCall {
    do {
      return try commands.startQuery(of: job, named: name)
    } catch {
      next = .now + Self.longestInterval
      throw error
    }
  }

  /// Cancels the job, or what of it has not started.
  func cancel(onlyPending: Bool = false) throws(SlurmError) {
    try commands.cancel(job, named: name, onlyPending: onlyPending)
    (next, interval) = (.now, .milliseconds(500))
  }
}
