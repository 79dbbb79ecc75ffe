import Datasets
import Diagnostics
import Files
import Plans
import Records
import Tensors

/// The queue of runs that a command still has to execute. It also counts the requests that need no run.
///
/// In mode `all`, each request is a new run. In mode `missing`, only requests without a completed run are executed:
/// runs that stopped early are resumed, and those of other processes are left to them. Several commands may share the
/// work: each locks the folder of runs while it looks for its next run, until that run itself is locked.
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
  private let context: RunContext
  private let backend: any Backend
  private let locations: DataLocations
  private let warn: (any Error) -> Void
  private let loader: DataLoader
  /// The identities of requests, by index; known once they are looked for among runs.
  private var identities: [Int: RunRequest.Identity] = [:]
  /// The indices of the requests that may need a run.
  private var pending: [Int]
  /// The unreadable runs of which `warn` was told.
  private var damaged: Set<String> = []

  /// - Parameter warn: called with the reason why a stopped run cannot be resumed or read, so that a new one replaces
  ///   it.
  package init(
    _ requests: [RunRequest], _ mode: Mode, _ context: RunContext, backend: any Backend,
    locations: DataLocations, loader: DataLoader = DataLoader(),
    warn: @escaping (any Error) -> Void
  ) {
    self.requests = requests
    self.mode = mode
    self.context = context
    self.backend = backend
    self.locations = locations
    self.loader = loader
    self.warn = warn
    pending = Array(requests.indices)
  }

  /// The next run, with its folder; nil if there is none left for this process.
  ///
  /// Throws `DatasetError`, `StorageError`, or `CancellationError`; the request concerned is then dropped.
  package func next() throws -> Item? {
    guard case .missing(let retriesFailed) = mode else {
      return pending.isEmpty ? nil : try begin(pending.removeFirst())
    }
    try identify()
    while true {
      switch try search(retriesFailed: retriesFailed) {
      case .run(let item): return item
      case .nothing: return nil
      case .noData(let plan):
        let before = try loader.digest(of: plan)
        _ = try data(of: plan)
        // The data has changed since the requests were identified, so identify them again.
        if try loader.digest(of: plan) != before {
          identities = [:]
          try identify()
        }
      }
    }
  }

  /// Drops all pending requests: an error that kept one run from being recorded would keep the others.
  package func abandon() { pending = [] }

  /// The outcome of a search for the next run.
  private enum Search {
    case run(Item)
    case nothing
    /// The next run is of this plan, whose data has to be loaded first.
    case noData(ExperimentPlan)
  }

  /// Determines the identities of the pending requests, which depend on their data.
  private func identify() throws {
    let unknown = pending.filter { identities[$0] == nil }
    let digests = try unknown.map { index in
      let plan = requests[index].plan
      do {
        return try loader.digest(of: plan)
      } catch {
        giveUp(plan)
        throw error
      }
    }
    let found = zip(unknown.map { requests[$0] }, digests).map(\.self)
      .concurrentMap { request, digest in request.identity(digest) }
    for (index, identity) in zip(unknown, found) { identities[index] = identity }
  }

  /// Drops the remaining requests of `plan`: an error that kept one of them from starting would keep the others.
  private func giveUp(_ plan: ExperimentPlan) {
    pending.removeAll { requests[$0].plan.isSame(as: plan) }
  }

  /// Looks for the next run. Other processes wait meanwhile, so nothing slow is done here.
  private func search(retriesFailed: Bool) throws -> Search {
    guard !pending.isEmpty else { return .nothing }
    let (claim, ledger) = try claim()
    defer { withExtendedLifetime(claim) {} }
    // The runs of other processes stay pending, since those processes may abandon them.
    var place = 0
    while place < pending.count {
      let index = pending[place]
      let plan = requests[index].plan
      guard let identity = identities[index] else { preconditionFailure("it is identified") }
      var entry = ledger.entry(for: identity)
      guard !entry.needsRun(retriesFailed: retriesFailed) || loader.has(plan) else {
        return .noData(plan)
      }
      pending.remove(at: place)
      if case .stopped(let folder) = entry {
        do {
          return .run(try resume(index, folder))
        } catch let error as ResumptionError where error.isElsewhere {
          entry = .running
        } catch let error where Self.asksForNewRun(error) {
          // `exp resume` takes no claim, and may have completed the run meanwhile.
          entry = try RunLedger(root: context.outputDirectory).entry(for: identity)
          if case .stopped = entry { warn(error) }
        }
      }
      switch entry {
      case .running:
        pending.insert(index, at: place)
        place += 1
      case _ where entry.needsRun(retriesFailed: retriesFailed): return .run(try begin(index))
      default: settled.add(entry)
      }
    }
    settled.running = pending.count
    return .nothing
  }

  /// Takes the right to look for the next run, and reads the ledger. If that fails, nothing can be executed.
  private func claim() throws -> (FileLock?, RunLedger) {
    do {
      let root = context.outputDirectory
      try Storage.createFolder(root)
      let lock = try Folder(root).lock(".claims", waits: true)
      let ledger = try RunLedger(root: root)
      for problem in ledger.problems where damaged.insert(problem.path).inserted { warn(problem) }
      return (lock, ledger)
    } catch {
      pending = []
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

  private func begin(_ index: Int) throws -> Item {
    let request = requests[index]
    let runner = Runner(request.plan, data: try data(of: request.plan), backend: backend)
    do {
      return Item(
        index: index, request: request, runner: runner,
        run: try runner.begin(seed: request.seed, context))
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
