import Files
import Records

/// The state of run requests, as recorded below a folder of runs.
package final class RunLedger {
  /// The state of a request.
  package enum Entry: Sendable {
    /// No run exists.
    case missing
    /// A completed run exists; of several the latest.
    case completed(RunRecord)
    /// A process is executing a run.
    case running
    /// The latest run stopped early and can be resumed.
    case stopped(RunFolder)
    /// The latest run stopped early, and waits for a processor of this kind.
    case waiting(Processor)
    /// The latest run failed or diverged; `isNew` if that was after the ledger was read.
    case failed(RunRecord, isNew: Bool)

    /// True if the request needs a run. Those that had failed before do if `retriesFailed`.
    package func needsRun(retriesFailed: Bool) -> Bool {
      switch self {
      case .missing, .stopped: true
      case .failed(_, let isNew): retriesFailed && !isNew
      case .completed, .running, .waiting: false
      }
    }
  }

  /// Requests that need no run of this command.
  package struct Settled: Sendable {
    /// The runs of those that are completed.
    package internal(set) var completed: [RunRecord] = []
    /// Those that other processes are executing.
    package internal(set) var running = 0
    /// The kinds of processors for which those wait that stopped on another one.
    package internal(set) var waiting: [Processor] = []
    /// The latest runs of those that failed or diverged.
    package internal(set) var failed: [RunRecord] = []

    package var count: Int { completed.count + running + waiting.count + failed.count }

    package init() {}

    /// Counts a request in the state `entry`; one that needs a run does not count.
    package mutating func add(_ entry: Entry) {
      switch entry {
      case .completed(let record): completed.append(record)
      case .running: running += 1
      case .waiting(let processor): waiting.append(processor)
      case .failed(let record, _): failed.append(record)
      case .missing, .stopped: break
      }
    }
  }

  private let root: String
  private let context: RunContext?
  private var runs: [RunRequest.Identity: [RunRecord]]
  private let failedBefore: Set<RunFolder>
  private let claims: CellClaims
  private var claimStates: [RunRequest.Identity: CellClaims.State] = [:]
  /// Folders that look like runs and cannot be read, so that their requests are unknown.
  package private(set) var problems: [RunProblem]

  /// Reads the runs below `root`. Throws if the folder cannot be read.
  ///
  /// - Parameter context: that of the process which is to make runs; nil for processes on any kind of processor.
  package init(root: String, for context: RunContext? = nil) throws {
    self.root = root
    self.context = context
    let catalog = try Self.catalog(root)
    runs = Self.byIdentity(catalog)
    problems = catalog?.problems ?? []
    failedBefore = Set((catalog?.runs ?? []).filter(\.status.hasFailed).map(\.folder))
    claims = CellClaims(root: root)
  }

  /// Reads the runs anew.
  func refresh() throws { runs = Self.byIdentity(try Self.catalog(root)) }

  /// The runs of the request with this `identity`, oldest first.
  package func runs(of identity: RunRequest.Identity) -> [RunRecord] { runs[identity] ?? [] }

  private static func catalog(_ root: String) throws -> RunCatalog? {
    Storage.exists(root) ? try RunCatalog(arguments: [], root: root) : nil
  }

  private static func byIdentity(_ catalog: RunCatalog?) -> [RunRequest.Identity: [RunRecord]] {
    Dictionary(grouping: catalog?.runs ?? []) {
      RunRequest.Identity(specHash: $0.specHash, repetition: $0.repetition)
    }
  }

  /// True if others have begun to work on a request that had no run when the ledger was read. This is found out quickly.
  func isTaken(_ identity: RunRequest.Identity) -> Bool {
    runs[identity] == nil && claims.exists(of: identity)
  }

  /// The state of the request with this `identity`, as it is now: what has become of its claim and of its runs.
  package func entry(for identity: RunRequest.Identity) throws -> Entry {
    if let run = runs[identity]?.last(where: { $0.status == .completed }) { return .completed(run) }
    // Before the runs, so that what is found of them is newer: who acts on it has to take the claim after this one.
    let claim = try claims.state(of: identity)
    claimStates[identity] = claim
    let entry = entryOfRuns(for: identity)
    guard claim.isHeld else { return entry }
    if case .waiting = entry { return .running }
    return entry.needsRun(retriesFailed: true) ? .running : entry
  }

  /// The state of the request as its runs tell it now.
  func entryOfRuns(for identity: RunRequest.Identity) -> Entry {
    var all = (runs[identity] ?? []).map(\.current)
    var isUnknown = false
    func add(_ folder: RunFolder?) {
      guard let folder, !all.contains(where: { $0.folder == folder }) else { return }
      do {
        all.append(try RunRecord(folder: folder))
      } catch let error as StorageError where error.isMissing {
        // It was removed.
      } catch {
        // A damaged run is made anew. One that cannot be read now may be read later.
        if let error = error as? StorageError, !error.isLasting { isUnknown = true }
        let problem = RunProblem(folder: folder, error)
        if !problems.contains(problem) { problems.append(problem) }
      }
    }
    add(claimStates[identity]?.folder)
    // `exp resume` takes no claim, and may have gone on with a run in a copy since runs were read.
    var index = 0
    while index < all.count {
      if all[index].status == .continued { add(all[index].folder.successorFolder) }
      index += 1
    }
    runs[identity] = all
    if let run = all.last(where: { $0.status == .completed }) { return .completed(run) }
    if isUnknown || all.contains(where: { $0.status == .running }) { return .running }
    // What was continued is where it goes on, whatever the two machines' clocks say of their order.
    guard let last = all.last(where: { $0.status != .continued }) else { return .missing }
    if last.status.isResumable { return entry(ofStopped: last.folder) }
    return .failed(last, isNew: !failedBefore.contains(last.folder))
  }

  /// The leases of other machines by which the request is taken, when its entry was asked for last. Only their renewals tell
  /// whether these machines are there.
  func remoteHolders(of identity: RunRequest.Identity) -> [LeaseRecord] {
    let runs = runs(of: identity).filter { $0.status == .running }.map(\.folder.lease)
    return ([claimStates[identity]?.lease] + runs).compactMap { lease in
      guard case .held(let holder?) = lease, holder.host != Computer.hostName else { return nil }
      return holder
    }
  }

  private func entry(ofStopped folder: RunFolder) -> Entry {
    // What cannot be read is found out when it is to be resumed.
    if let context, let processor = (try? folder.manifest())?.awaitedProcessor(in: context) {
      return .waiting(processor)
    }
    return .stopped(folder)
  }

  /// Claims the request whose entry was asked for last; nil if another process was quicker.
  func claim(_ identity: RunRequest.Identity) throws -> Lease? {
    guard let state = claimStates[identity] else { preconditionFailure("its entry is known") }
    guard let claim = try claims.take(identity, after: state) else { return nil }
    // Whoever had the claim may have made a run before it was stopped.
    if state.saysNothing { try refresh() }
    return claim
  }

  /// Gives a claim up that led to the run in `folder`.
  func settle(_ claim: Lease, with folder: RunFolder) { claims.settle(claim, with: folder) }
}
