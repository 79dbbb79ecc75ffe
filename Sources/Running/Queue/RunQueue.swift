import Datasets
import Diagnostics
import Files
import Glibc
import Plans
import Records
import Tensors

/// The queue of runs that a command still has to execute. It also counts the requests that need no run.
///
/// In mode `all`, each request is a new run. In mode `missing`, only requests without a completed run are executed:
/// runs that stopped early are resumed, and those of other processes, or other kinds of processors, are left to them.
/// Several commands on several machines may share the work: each claims what it is about to begin.
package final class RunQueue {
  /// The ways to treat runs that exist already.
  package enum Mode: Sendable {
    /// They are ignored: each request is a new run.
    case all
    /// Only requests without a completed run are executed; failed ones only if `retriesFailed`.
    case missing(retriesFailed: Bool)
  }

  /// A run that is ready to be executed.
  package struct Item {
    /// The index of the request that it answers.
    package let index: Int
    package let request: RunRequest
    package let runner: Runner
    package let run: OpenRun
  }

  package let requests: [RunRequest]
  /// The requests that needed no run of this queue, as far as is known.
  package private(set) var settled = RunLedger.Settled()

  private let mode: Mode
  private let experiments: Set<String>?
  private let context: RunContext
  private let backend: any Backend
  private let locations: DataLocations
  private let warn: (any Error) -> Void
  private let endsWaiting: (() -> Bool)?
  private let loader: DataLoader
  /// The identities of requests, by index; known once they are looked for among runs.
  private var identities: [Int: RunRequest.Identity] = [:]
  /// True if all requests that are left are identified, so that these are not gone through again for each run.
  private var areAllIdentified = false
  /// The indices of the requests that may need a run.
  private var pending: ArraySlice<Int>
  /// The requests that were left to other processes when they were looked at.
  private var elsewhere: [(index: Int, entry: RunLedger.Entry)] = []
  /// The state of the requests; nil until they are looked for among runs.
  private var ledger: RunLedger?
  private var toldProblems = 0

  /// - Parameters:
  ///   - experiments: the spec hashes of all experiments that may be executed; nil if any may.
  ///   - warn: called with the reason why a stopped run cannot be resumed or read, so that a new one replaces it.
  ///   - endsWaiting: called each second while there is nothing left but runs of other machines that may be gone, which takes
  ///     as long as a lease at most; true ends the waiting with a `CancellationError`. Without it nothing is waited for.
  package init(
    _ requests: [RunRequest], _ mode: Mode, _ context: RunContext,
    experiments: Set<String>? = nil, backend: any Backend, locations: DataLocations,
    loader: DataLoader = DataLoader(), endsWaiting: (() -> Bool)? = nil,
    warn: @escaping (any Error) -> Void
  ) {
    self.requests = requests
    self.mode = mode
    self.experiments = experiments
    self.context = context
    self.backend = backend
    self.locations = locations
    self.loader = loader
    self.endsWaiting = endsWaiting
    self.warn = warn
    pending = Array(requests.indices)[...]
  }

  /// The next run, with its folder; nil if there is none left for this process.
  ///
  /// Throws `DatasetError`, `StorageError`, or `CancellationError`; the request concerned is then dropped.
  package func next() throws -> Item? {
    guard case .missing(let retriesFailed) = mode else {
      return pending.isEmpty ? nil : try begin(pending.removeFirst())
    }
    try identify()
    // Other processes may give up what they have, so those requests are looked at again in the end.
    for isLastLook in [false, true] {
      while let index = pending.first {
        // Among thousands of requests those come first that nobody has.
        if !isLastLook, let identity = identities[index], try knownLedger().isTaken(identity) {
          elsewhere.append((pending.removeFirst(), .running))
        } else if let item = try search(index, retriesFailed: retriesFailed) {
          return item
        }
      }
      guard !isLastLook, !elsewhere.isEmpty else { break }
      try nothingWithout { try knownLedger().refresh() }
      (pending, elsewhere) = (elsewhere.map(\.index)[...], [])
    }
    if let item = try awaitOthers(retriesFailed: retriesFailed) { return item }
    (settled.running, settled.waiting) = (0, [])
    for (_, entry) in elsewhere { settled.add(entry) }
    return nil
  }

  /// Waits for what other machines have, as long as their leases are not seen to be renewed: they may be gone. Returns the
  /// first run that one of them has left.
  private func awaitOthers(retriesFailed: Bool) throws -> Item? {
    guard let endsWaiting, !elsewhere.isEmpty else { return nil }
    let ledger = try knownLedger()
    func holders(_ index: Int) -> [LeaseRecord] {
      identities[index].map(ledger.remoteHolders) ?? []
    }
    var silent = Dictionary(uniqueKeysWithValues: elsewhere.map { ($0.index, holders($0.index)) })
    let deadline = ContinuousClock.now + .seconds(Lease.usualSeconds + 10)
    while .now < deadline {
      silent = silent.filter { index, before in !before.isEmpty && holders(index) == before }
      if silent.isEmpty { break }
      if endsWaiting() { throw CancellationError() }
      sleep(1)
      elsewhere.removeAll { silent[$0.index] != nil }
      pending = silent.keys.sorted()[...]
      while let index = pending.first {
        if let item = try search(index, retriesFailed: retriesFailed) { return item }
      }
    }
    return nil
  }

  /// Drops all pending requests: an error that kept one run from being recorded would keep the others.
  package func abandon() { (pending, elsewhere) = ([], []) }

  /// Determines the identities of the pending requests, which depend on their data.
  private func identify() throws {
    if areAllIdentified { return }
    // The seeds and folds of an experiment follow each other, and share its hash.
    var groups: [[Int]] = []
    for index in pending + elsewhere.map(\.index) where identities[index] == nil {
      if let last = groups.last?.last, requests[last].plan.isSame(as: requests[index].plan) {
        groups[groups.endIndex - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    let identified = try groups.map { group in
      let plan = requests[group[0]].plan
      do {
        return (plan: plan, data: try loader.digest(of: plan))
      } catch {
        giveUp(plan)
        throw error
      }
    }
    let hashes = identified.concurrentMap { $0.plan.specHash($0.data) }
    for (group, hash) in zip(groups, hashes) {
      if let experiments, !experiments.contains(hash) {
        let plan = requests[group[0]].plan
        giveUp(plan)
        throw ChangedExperimentError(plan)
      }
      for index in group {
        identities[index] = RunRequest.Identity(
          specHash: hash, repetition: requests[index].repetition)
      }
    }
    areAllIdentified = true
  }

  /// Drops the remaining requests of `plan`: an error that kept one of them from starting would keep the others.
  private func giveUp(_ plan: ExperimentPlan) {
    pending.removeAll { requests[$0].plan.isSame(as: plan) }
    elsewhere.removeAll { requests[$0.index].plan.isSame(as: plan) }
  }

  /// Looks at the request `index`, the first that is pending: returns the run that it needs, or puts it where it belongs.
  private func search(_ index: Int, retriesFailed: Bool) throws -> Item? {
    let ledger = try knownLedger()
    defer { tellProblems(of: ledger) }
    guard let identity = identities[index] else { preconditionFailure("it is identified") }
    var entry = try nothingWithout { try ledger.entry(for: identity) }
    var claim: Lease?
    if entry.needsRun(retriesFailed: retriesFailed) {
      // Loaded before anything is claimed, since others would wait meanwhile.
      guard loader.has(requests[index].plan) else {
        try load(requests[index].plan)
        return nil
      }
      claim = try nothingWithout { try ledger.claim(identity) }
      entry = claim == nil ? .running : ledger.entryOfRuns(for: identity)
    }
    pending.removeFirst()
    if case .stopped(let folder) = entry {
      do {
        return try settling(claim, try resume(index, folder))
      } catch let error as ResumptionError where error.isForOthers {
        if let claim { ledger.settle(claim, with: folder) }
        entry = .running
      } catch let error where Self.asksForNewRun(error) {
        // `exp resume` takes no claim, and may have completed the run meanwhile.
        entry = ledger.entryOfRuns(for: identity)
        if case .stopped = entry { warn(error) }
      }
    }
    switch entry {
    case .running, .waiting: elsewhere.append((index, entry))
    case .missing, .stopped, .completed, .failed:
      guard entry.needsRun(retriesFailed: retriesFailed) else {
        settled.add(entry)
        break
      }
      do {
        return try settling(claim, try begin(index, holding: claim))
      } catch is LeaseLostError {
        elsewhere.append((index, .running))
      }
    }
    return nil
  }

  /// Gives up the claim that led to `item`.
  private func settling(_ claim: Lease?, _ item: Item) throws -> Item {
    if let claim { try knownLedger().settle(claim, with: item.run.folder) }
    return item
  }

  /// Loads the data of `plan`. If it has changed since the requests were identified, they are identified again.
  private func load(_ plan: ExperimentPlan) throws {
    let before = try loader.digest(of: plan)
    _ = try data(of: plan)
    guard try loader.digest(of: plan) != before else { return }
    (identities, areAllIdentified) = ([:], false)
    try identify()
  }

  /// The ledger, read once.
  private func knownLedger() throws -> RunLedger {
    if let ledger { return ledger }
    let read = try nothingWithout {
      try Storage.createFolder(context.outputDirectory)
      return try RunLedger(root: context.outputDirectory, for: context)
    }
    ledger = read
    tellProblems(of: read)
    return read
  }

  private func tellProblems(of ledger: RunLedger) {
    ledger.problems.dropFirst(toldProblems).forEach(warn)
    toldProblems = ledger.problems.count
  }

  /// Calls `body`, whose errors would keep all requests from being executed.
  private func nothingWithout<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      abandon()
      throw error
    }
  }

  private func data(of plan: ExperimentPlan) throws -> PreparedData {
    do {
      return try loader.data(of: plan)
    } catch {
      giveUp(plan)
      throw error
    }
  }

  /// Begins a new run. Throws `LeaseLostError` if `claim`, which it needs where there is one, is lost before that is done.
  private func begin(_ index: Int, holding claim: Lease? = nil) throws -> Item {
    let request = requests[index]
    let runner = Runner(request.plan, data: try data(of: request.plan), backend: backend)
    do {
      return Item(
        index: index, request: request, runner: runner,
        run: try runner.begin(seed: request.seed, context, holding: claim))
    } catch let error as LeaseLostError {
      throw error
    } catch {
      abandon()
      throw error
    }
  }

  private func resume(_ index: Int, _ folder: RunFolder) throws -> Item {
    let resumption = try Resumption(
      of: folder, context: context, backend: backend, locations: locations, loader: loader,
      plan: requests[index].plan, warn: warn)
    return Item(
      index: index, request: requests[index], runner: resumption.runner, run: resumption.run)
  }

  /// True if `error` keeps a run from ever being resumed here, not only now.
  private static func asksForNewRun(_ error: any Error) -> Bool {
    error is ResumptionError || error is Diagnostics || error is DamagedFileError
  }
}
