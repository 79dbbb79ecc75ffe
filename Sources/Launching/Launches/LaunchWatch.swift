import Files
import Glibc
import Metrics
import Records
import Running

/// Watches the runs of a launch until all are settled or no worker is left.
///
/// Whether a run is done, its folder says. What the scheduler says is a hint, by which it is known how long to wait.
package final class LaunchWatch {
  /// What the user wants.
  package enum Wish {
    case goOn
    /// Not to watch any longer; the workers go on.
    case leave
    /// The end of all workers.
    case cancel
  }

  /// The outcomes of the runs that the launch's workers ended, as they ended.
  package private(set) var outcomes: [(identity: RunRequest.Identity, outcome: Runner.Outcome)] = []
  /// The requests that needed no run of the launch.
  package private(set) var settled = RunLedger.Settled()

  private let launch: Launch
  private let folder: LaunchFolder
  private let queue: SlurmQueue
  private let root: String
  private let retriesFailed: Bool
  private let endsAtFailure: Bool
  private let observe: (JobScheduler.Event) -> Void

  private var pending: [RunRequest.Identity]
  private var followed: [RunRequest.Identity: Followed] = [:]
  private var jobCount = 0
  private var tasks: [Int: SlurmTask] = [:]
  /// Notes that were given, each of which is given once.
  private var notes: Set<String> = []
  private var problems: Set<String> = []
  private var isCancelled = false
  /// The time since which no worker is left, as far as the scheduler knows.
  private var endedAt: ContinuousClock.Instant?

  /// A run that a worker trains.
  private struct Followed {
    let job: Job
    var epochs = 0
    var place = ""
  }

  /// - Parameters:
  ///   - identities: the runs that are asked for, each once.
  ///   - root: the folder of runs.
  ///   - retriesFailed: true if the launch repeats what failed before it.
  ///   - endsAtFailure: true if the first run that fails cancels all workers.
  ///   - observe: called with every event.
  package init(
    _ launch: Launch, _ job: SlurmJob, in folder: LaunchFolder, _ commands: SlurmCommands,
    identities: [RunRequest.Identity], root: String, retriesFailed: Bool,
    endsAtFailure: Bool = false, observe: @escaping (JobScheduler.Event) -> Void
  ) {
    self.launch = launch
    self.folder = folder
    queue = SlurmQueue(commands, job, named: launch.jobName)
    pending = identities
    self.root = root
    self.retriesFailed = retriesFailed
    self.endsAtFailure = endsAtFailure
    self.observe = observe
  }

  /// Watches. Returns true at the end, and false if the user leaves before; `wish` is called again and again.
  package func run(wish: () -> Wish) throws -> Bool {
    var nextReading = ContinuousClock.now
    while true {
      switch wish() {
      case .goOn: break
      case .leave: return false
      case .cancel: cancel()
      }
      if .now >= nextReading {
        let start = ContinuousClock.now
        try readFolders()
        // Thousands of runs take a while, and others read the same disk.
        nextReading = .now + max(.seconds(1), (.now - start) * 10)
        if pending.isEmpty { break }
        if let endedAt, start - endedAt > Self.patience { break }
      }
      readQueue()
      observe(.waiting)
      usleep(50_000)
    }
    conclude()
    return true
  }

  /// The time in which what the last worker wrote is seen here, too, on a file system that is shared.
  private static let patience = Duration.seconds(4)

  // MARK: the folders

  private func readFolders() throws {
    let ledger = try RunLedger(root: root)
    for problem in ledger.problems where problems.insert(problem.path).inserted {
      note("warning: \(problem)")
    }
    pending.removeAll { identity in
      let runs = ledger.runs(of: identity)
      if let run = runs.last(where: { $0.status == .completed }) {
        end(identity, run)
        return true
      }
      if let run = runs.last(where: { $0.status == .running }) {
        follow(identity, run)
        return false
      }
      // A run that was continued goes on in another folder, or will.
      guard let run = runs.last(where: { $0.status != .continued }) else { return false }
      if run.status.isResumable {
        place(identity, "\(run.status.rawValue), waits for a worker")
        return false
      }
      guard !retriesFailed || isOwn(identity, run) else { return false }
      end(identity, run)
      return true
    }
  }

  /// True if a worker of the launch was the last to execute `run`.
  private func isOwn(_ identity: RunRequest.Identity, _ run: RunRecord) -> Bool {
    if followed[identity]?.job.folder == run.folder { return true }
    return launch.hasWorker(try? run.folder.manifest().lastJob)
  }

  /// Shows how far `run` has come.
  private func follow(_ identity: RunRequest.Identity, _ run: RunRecord) {
    // A folder that cannot be read now may be read next time.
    guard let manifest = try? run.folder.manifest() else { return }
    if let old = followed[identity], old.job.folder != run.folder {
      observe(.left(old.job))
      followed[identity] = nil
    }
    if followed[identity] == nil {
      let job = Job(id: jobCount, folder: run.folder, manifest)
      jobCount += 1
      followed[identity] = Followed(job: job)
      observe(.began(job))
    }
    let state = launch.worker(manifest.lastJob).map { number in
      "worker \(number)" + (tasks[number].map { " \($0.stateInWords)" } ?? "")
    }
    place(identity, [manifest.lastHost, state].compactMap(\.self).joined(separator: ", "))
    guard let job = followed[identity]?.job,
      let history = try? run.folder.history(epochs: manifest.epochsPlanned)
    else { return }
    for record in history.records where record.epoch > followed[identity]?.epochs ?? 0 {
      followed[identity]?.epochs = record.epoch
      observe(.reported(job, .epoch(record)))
    }
  }

  private func place(_ identity: RunRequest.Identity, _ text: String) {
    guard let run = followed[identity], run.place != text else { return }
    followed[identity]?.place = text
    observe(.reported(run.job, .place(text)))
  }

  /// Settles a request, which `run` answers.
  private func end(_ identity: RunRequest.Identity, _ run: RunRecord) {
    guard isOwn(identity, run) else {
      settled.add(run.status == .completed ? .completed : .failed(run, isNew: false))
      if let job = followed.removeValue(forKey: identity)?.job { observe(.left(job)) }
      return
    }
    guard let manifest = try? run.folder.manifest() else {
      return settled.add(.failed(run, isNew: true))  // its folder has gone just now
    }
    if let old = followed[identity], old.job.folder != run.folder { observe(.left(old.job)) }
    let job =
      followed[identity].flatMap { $0.job.folder == run.folder ? $0.job : nil }
      ?? Job(id: jobCount, folder: run.folder, manifest)
    if job.id == jobCount {
      jobCount += 1
      observe(.began(job))
    }
    followed[identity] = nil
    let outcome = Runner.Outcome(of: job, .exit(code: manifest.exitCode ?? 1))
    outcomes.append((identity, outcome))
    observe(.ended(job, outcome))
    if endsAtFailure, outcome.status != .completed, outcome.status != .interrupted { cancel() }
  }

  // MARK: the scheduler

  private func readQueue() {
    let known: [SlurmTask]
    do {
      guard let answer = try queue.poll() else { return }
      known = answer
    } catch {
      noteOnce("\(error); the jobs go on, and it is asked again")
      return
    }
    notes = notes.filter { !$0.hasPrefix("Slurm does not answer") }
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
    // With 1 it ended after a run that failed, which tells of itself; with 75 it was stopped, which others did.
    guard !task.isActive, !["COMPLETED", "CANCELLED", "PREEMPTED"].contains(task.state),
      task.state != "FAILED" || ![1, 75].contains(task.exitStatus)
    else { return }
    let status = task.exitStatus.map { task.state == "FAILED" ? " with exit code \($0)" : "" } ?? ""
    let place = task.node.map { " on \($0)" } ?? ""
    let last = folder.lastLine(of: task.number).map { ": \($0)" } ?? ""
    note(
      "worker \(task.number)\(place) ended, \(task.stateInWords)\(status)\(last)"
        + "\nhint: its log is \(folder.logPath(of: task.number))")
  }

  private func cancel() {
    guard !isCancelled else { return }
    do {
      try queue.cancel()
      isCancelled = true
    } catch {
      noteOnce("cannot cancel yet: \(error)")
    }
  }

  private func note(_ text: String) { observe(.note(text)) }

  private func noteOnce(_ text: String) {
    if notes.insert(text).inserted { note(text) }
  }

  // MARK: the end

  /// Settles what no worker will go on with, and cancels workers that have nothing left to do.
  private func conclude() {
    if pending.isEmpty, tasks.isEmpty || tasks.values.contains(where: { $0.state == "PENDING" }) {
      try? queue.cancel(onlyPending: true)  // else they start, find nothing, and end
    }
    guard !pending.isEmpty, let ledger = try? RunLedger(root: root) else { return }
    for identity in pending {
      let runs = ledger.runs(of: identity)
      guard let run = runs.last(where: { $0.status != .continued }) else { continue }
      switch run.status {
      case .running: settled.add(.running)
      case .interrupted, .crashed:
        if isOwn(identity, run) {
          end(identity, run)
        } else if !tasks.isEmpty, tasks.values.allSatisfy({ $0.state == "COMPLETED" }),
          let manifest = try? run.folder.manifest()
        {
          // Workers that found nothing more to do have left it.
          settled.add(.waiting(manifest.lastProcessor))
        }
      case .completed, .failed, .diverged: end(identity, run)
      case .continued: break
      }
    }
    pending = []
  }
}

extension SlurmTask {
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
