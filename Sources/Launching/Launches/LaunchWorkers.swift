import Diagnostics

/// The workers of a launch, as the scheduler describes them.
final class LaunchWorkers {
  /// The time since which no worker is left, as far as the scheduler knows.
  private(set) var endedAt: ContinuousClock.Instant?

  private let launch: Launch
  private let folder: LaunchFolder
  private let queue: SlurmQueue
  private let observe: (JobScheduler.Event) -> Void
  private var tasks: [Int: SlurmTask] = [:]
  /// Notes that were given, each of which is given once.
  private var notes: Set<String> = []
  /// True if the scheduler did not answer when it was last asked.
  private var isSilent = false
  private var cancellation = Cancellation.no

  private enum Cancellation {
    case no
    /// The scheduler is to be asked for it at this time.
    case wanted(ContinuousClock.Instant)
    case done
  }

  /// The time before a scheduler is asked again that did not cancel.
  private static let pause = Duration.seconds(10)

  init(
    of launch: Launch, in folder: LaunchFolder, _ queue: SlurmQueue,
    observe: @escaping (JobScheduler.Event) -> Void
  ) {
    self.launch = launch
    self.folder = folder
    self.queue = queue
    self.observe = observe
  }

  /// The state of a worker in words; nil if it is unknown.
  func state(of worker: Int) -> String? { tasks[worker]?.stateInWords }

  /// True if all workers have ended because they found nothing more to do.
  var haveAllCompleted: Bool {
    !tasks.isEmpty && tasks.values.allSatisfy { $0.state == "COMPLETED" }
  }

  /// The error that workers ended because of something that no run records; nil if none did.
  var failure: WorkerError? {
    tasks.values.sorted { $0.number < $1.number }.lazy.compactMap(\.failure).first.map {
      WorkerError(exitStatus: $0, logs: folder.path)
    }
  }

  /// Takes in what the scheduler has said meanwhile, and tells of it.
  func read() {
    cancelIfWanted()
    let known: [SlurmTask]
    do {
      guard let answer = try queue.poll() else { return }
      known = answer
    } catch {
      if !isSilent { observe(.note("\(error); the jobs go on, and it is asked again")) }
      isSilent = true
      return
    }
    isSilent = false
    for task in known where tasks[task.number] != task {
      tell(task)
      tasks[task.number] = task
    }
    // What Slurm has forgotten has ended.
    let numbers = Set(known.map(\.number))
    for task in tasks.values where task.isActive && !numbers.contains(task.number) {
      tasks[task.number] = nil
    }
    let isEnded = !known.contains(where: \.isActive)
    endedAt = isEnded ? endedAt ?? .now : nil
    observe(.queued(SlurmTask.summary(of: known)))
    let stuck = known.filter(\.isStuck)
    for (reason, tasks) in Dictionary(grouping: stuck, by: { $0.reason ?? "" }) {
      noteOnce(
        "warning: \(tasks.count == 1 ? "worker \(tasks[0].number) waits" : "\(tasks.count) workers wait") for what does not come by itself: \(reason)"
          + "\nhint: 'scontrol show job \(launch.job.map { "\($0.number)" } ?? "")' says more")
    }
  }

  /// Tells of the end of a worker that did not end as it should.
  private func tell(_ task: SlurmTask) {
    guard !task.isActive, !["COMPLETED", "CANCELLED", "PREEMPTED"].contains(task.state),
      !task.hasSaidAll
    else { return }
    let status = task.exitStatus.map { task.state == "FAILED" ? " with exit code \($0)" : "" } ?? ""
    let place = task.node.map { " on \($0)" } ?? ""
    let last = folder.lastWords(of: task.number).map { ": \($0)" } ?? ""
    observe(
      .note(
        "worker \(task.number)\(place) ended, \(task.stateInWords)\(status)\(last)"
          + "\nhint: its log is \(folder.logPath(of: task.number))"))
  }

  /// Cancels all workers, with the next reading. If the scheduler does not answer, it is asked again.
  func cancel() { if case .no = cancellation { cancellation = .wanted(.now) } }

  private func cancelIfWanted() {
    guard case .wanted(let time) = cancellation, .now >= time else { return }
    do {
      try queue.cancel()
      cancellation = .done
    } catch {
      cancellation = .wanted(.now + Self.pause)
      noteOnce("cannot cancel yet: \(error); it is tried again")
    }
  }

  /// Cancels workers that have not started, which would find nothing to do.
  func cancelPending() {
    guard tasks.isEmpty || tasks.values.contains(where: { $0.state == "PENDING" }) else { return }
    try? queue.cancel(onlyPending: true)
  }

  private func noteOnce(_ text: String) {
    if notes.insert(text).inserted { observe(.note(text)) }
  }
}

/// The error that workers ended before all runs were done, and that it would be the same with others.
package struct WorkerError: Error, CustomStringConvertible {
  /// The exit status of the first of them.
  package let exitStatus: ExitStatus
  /// The folder of their logs.
  let logs: String

  package var description: String {
    "workers ended, with exit code \(exitStatus.rawValue), before all was done\nhint: their logs are in \(logs)"
  }
}

extension WorkerError: ReportableError {}

extension SlurmTask {
  /// True if its status tells nothing new: with 1 it ended after a run that failed, which tells of itself; with 75 it was
  /// stopped, which others did.
  fileprivate var hasSaidAll: Bool { state == "FAILED" && [1, 75].contains(exitStatus) }

  /// The status of a worker that could not go on, as would happen to the next one, too; nil if it is none.
  fileprivate var failure: ExitStatus? {
    switch state {
    case "OUT_OF_MEMORY": .runFailed
    // A signal ended it where there is no status, or one that shells make of signals.
    case "FAILED" where !hasSaidAll:
      exitStatus.flatMap { $0 < 128 ? ExitStatus(rawValue: Int32($0)) ?? .runFailed : nil }
    default: nil
    }
  }

  /// The state as people write it: `out of memory`.
  fileprivate var stateInWords: String { state.lowercased().replacing("_", with: " ") }

  /// How many of `tasks` are in which state: `queue: 3 running, 5 pending (Resources)`.
  static func summary(of tasks: [SlurmTask]) -> String {
    let active = Dictionary(grouping: tasks.filter(\.isActive), by: \.stateInWords)
    guard !active.isEmpty else { return "" }
    let parts = active.sorted { $0.key > $1.key }.map { state, tasks in
      let reasons = Set(tasks.compactMap(\.reason))
      return "\(tasks.count) \(state)" + (reasons.count == 1 ? " (\(reasons.first ?? ""))" : "")
    }
    return "queue: \(parts.joined(separator: ", "))"
  }
}
