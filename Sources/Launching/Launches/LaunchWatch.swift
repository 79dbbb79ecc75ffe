import Files
import Glibc
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
  package var outcomes: [(identity: RunRequest.Identity, outcome: Runner.Outcome)] { runs.outcomes }
  /// The requests that needed no run of the launch.
  package private(set) var settled = RunLedger.Settled()
  /// The error that workers ended because of something that no run records, so that runs are left; nil if none did.
  package private(set) var workerError: WorkerError?

  private let runs: FollowedRuns
  private let workers: LaunchWorkers
  private let root: String
  private let retriesFailed: Bool
  private let endsAtFailure: Bool
  private let observe: (JobScheduler.Event) -> Void

  private var pending: [RunRequest.Identity]
  /// The paths of folders that could not be read, each of which is told of once.
  private var problems: Set<String> = []

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
    runs = FollowedRuns(of: launch, observe: observe)
    workers = LaunchWorkers(
      of: launch, in: folder, SlurmQueue(commands, job, named: launch.jobName), observe: observe)
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
      case .cancel: workers.cancel()
      }
      if .now >= nextReading {
        let start = ContinuousClock.now
        try readFolders()
        // Thousands of runs take a while, and others read the same disk.
        nextReading = .now + max(.seconds(1), (.now - start) * 10)
        if pending.isEmpty { break }
        if let end = workers.endedAt, start - end > Self.patience { break }
      }
      workers.read()
      observe(.waiting)
      usleep(50_000)
    }
    conclude()
    return true
  }

  /// The time in which what the last worker wrote is seen here, too, on a file system that is shared.
  private static let patience = Duration.seconds(4)

  private func readFolders() throws {
    let ledger = try RunLedger(root: root)
    for problem in ledger.problems where problems.insert(problem.path).inserted {
      observe(.note("warning: \(problem)"))
    }
    pending.removeAll { identity in
      let all = ledger.runs(of: identity)
      if let run = all.last(where: { $0.status == .completed }) {
        end(run, identity)
        return true
      }
      if let run = all.last(where: { $0.status == .running }) {
        runs.follow(run, identity, state: workers.state)
        return false
      }
      // A run that was continued goes on in another folder, or will.
      guard let run = all.last(where: { $0.status != .continued }) else { return false }
      if run.status.isResumable {
        runs.show("\(run.status.rawValue), waits for a worker", of: identity)
        return false
      }
      guard !retriesFailed || runs.isOwn(run) else { return false }
      end(run, identity)
      return true
    }
  }

  /// Settles a request, which `run` answers.
  private func end(_ run: RunRecord, _ identity: RunRequest.Identity) {
    guard runs.isOwn(run) else {
      settled.add(run.status == .completed ? .completed(run) : .failed(run, isNew: false))
      return runs.leave(identity)
    }
    guard let outcome = runs.end(run, identity) else {
      return settled.add(.failed(run, isNew: true))
    }
    if endsAtFailure, outcome.status != .completed, outcome.status != .interrupted {
      workers.cancel()
    }
  }

  /// Settles what no worker will go on with, and cancels workers that have nothing left to do.
  private func conclude() {
    if pending.isEmpty { workers.cancelPending() }
    guard !pending.isEmpty, let ledger = try? RunLedger(root: root) else { return }
    workerError = workers.failure
    for identity in pending {
      let all = ledger.runs(of: identity)
      guard let run = all.last(where: { $0.status != .continued }) else { continue }
      switch run.status {
      case .running:
        // No worker trains it any more, though its lease has not ended yet.
        if !runs.isOwn(run) { settled.add(.running) }
      case .interrupted, .crashed:
        if runs.isOwn(run) {
          end(run, identity)
        } else if workers.haveAllCompleted, let manifest = try? run.folder.manifest(),
          !runs.processors.contains(manifest.lastProcessor)
        {
          // Workers that found nothing more to do have left it.
          settled.add(.waiting(manifest.lastProcessor))
        }
      case .completed, .failed, .diverged: end(run, identity)
      case .continued: break
      }
    }
    pending = []
  }
}
