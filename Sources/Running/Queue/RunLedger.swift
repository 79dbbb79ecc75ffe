import Files
import Records

/// The state of run requests, as recorded below a folder of runs.
package final class RunLedger {
  /// The state of a request.
  package enum Entry: Sendable {
    /// No run exists.
    case missing
    /// A completed run exists.
    case completed
    /// A process is executing a run.
    case running
    /// The latest run stopped early and can be resumed.
    case stopped(RunFolder)
    /// The latest run failed or diverged; `isNew` if that was after the ledger was read.
    case failed(RunRecord, isNew: Bool)

    /// True if the request needs a run. Those that had failed before do if `retriesFailed`.
    package func needsRun(retriesFailed: Bool) -> Bool {
      switch self {
      case .missing, .stopped: true
      case .failed(_, let isNew): retriesFailed && !isNew
      case .completed, .running: false
      }
    }
  }

  /// Requests that need no run of this command.
  package struct Settled: Sendable {
    /// Those that have a completed run.
    package internal(set) var completed = 0
    /// Those that other processes are executing.
    package internal(set) var running = 0
    /// The latest runs of those that failed or diverged.
    package internal(set) var failed: [RunRecord] = []

    package var count: Int { completed + running + failed.count }

    package init() {}

    /// Counts a request in the state `entry`; one that needs a run does not count.
    package mutating func add(_ entry: Entry) {
      switch entry {
      case .completed: completed += 1
      case .running: running += 1
      case .failed(let record, _): failed.append(record)
      case .missing, .stopped: break
      }
    }
  }

  private var runs: [RunRequest.Identity: [RunRecord]]
  private let failedBefore: Set<RunFolder>
  private let claims: CellClaims
  private var claimStates: [RunRequest.Identity: CellClaims.State] = [:]
  /// Folders that look like runs and cannot be read, so that their requests are unknown.
  package let problems: [RunProblem]

  /// Reads the runs below `root`. Throws if the folder cannot be read.
  package init(root: String) throws {
    let catalog = Storage.exists(root) ? try RunCatalog(arguments: [], root: root) : nil
    runs = Dictionary(grouping: catalog?.runs ?? []) {
      RunRequest.Identity(specHash: $0.specHash, seed: $0.seed)
    }
    problems = catalog?.problems ?? []
    failedBefore = Set((catalog?.runs ?? []).filter(\.status.hasFailed).map(\.folder))
    claims = CellClaims(root: root)
  }

  /// The state of the request with this `identity`, as it is now: what is known of its runs, and what has become of them
  /// and of its claim since.
  package func entry(for identity: RunRequest.Identity) throws -> Entry {
    let known = (self.runs[identity] ?? []).map(\.current)
    runs[identity] = known
    if known.contains(where: { $0.status == .completed }) { return .completed }
    let claim = try claims.state(of: identity)
    claimStates[identity] = claim
    let new = claim.run.flatMap { run in known.contains { $0.folder == run.folder } ? nil : run }
    if new?.status == .completed { return .completed }
    let all = known + (new.map { [$0] } ?? [])
    if claim.isHeld || all.contains(where: { $0.status == .running }) { return .running }
    guard let last = all.last else { return .missing }
    if last.status.isResumable { return .stopped(last.folder) }
    return .failed(last, isNew: !failedBefore.contains(last.folder))
  }

  /// Claims the request whose entry was asked for last; nil if another process was quicker.
  func claim(_ identity: RunRequest.Identity) throws -> Lease? {
    guard let state = claimStates[identity] else { preconditionFailure("its entry is known") }
    return try claims.take(identity, after: state)
  }

  /// Gives a claim up that led to the run in `folder`.
  func settle(_ claim: Lease, with folder: RunFolder) { claims.settle(claim, with: folder) }
}
