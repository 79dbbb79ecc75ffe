import Datasets
import Diagnostics
import Files
import Plans
import Records
import Tensors

/// Which runs of a command come next, and what became of the requests that need none.
///
/// Without a ledger each request is a new run. With it, only what no run has completed is run: what stopped on its way goes
/// on, and what another process works on is left to it. Several commands may share the work: who looks for the next run
/// has the folder of runs for itself until that run is locked.
package final class RunQueue {
  /// How a queue looks at runs that are there already.
  package enum Mode: Sendable {
    /// Not at all: each request is a new run.
    case all
    /// Only what has no completed run is run; what failed is, too, if that `retriesFailed`.
    case missing(retriesFailed: Bool)
  }

  /// A run that is ready to be executed.
  package struct Item {
    /// Which of the requests it answers.
    package let index: Int
    package let request: RunRequest
    package let runner: Runner
    package let run: OpenRun
  }

  package let requests: [RunRequest]
  /// What became of requests that needed no run of this queue, as far as is known.
  package private(set) var settled = RunLedger.Settled()

  private let mode: Mode
  private let context: RunContext
  private let backend: any Backend
  private let locations: DataLocations
  private let warn: (any Error) -> Void
  private var loader = DataLoader()
  /// The identities of requests, by their numbers, once they are looked for among runs.
  private var identities: [Int: RunRequest.Identity] = [:]
  /// Numbers of the requests that may need a run.
  private var pending: [Int]
  /// Runs that cannot be read, as far as they were told of.
  private var damaged: Set<String> = []

  /// - Parameter warn: is told why a run that stopped cannot go on, or cannot be read, so that a new one takes its place.
  package init(
    _ requests: [RunRequest], _ mode: Mode, _ context: RunContext, backend: any Backend,
    locations: DataLocations, warn: @escaping (any Error) -> Void
  ) {
    (self.requests, self.mode, self.context) = (requests, mode, context)
    (self.backend, self.locations, self.warn) = (backend, locations, warn)
    pending = Array(requests.indices)
  }

  /// The next run, with its folder; nil if there is none left for this process.
  ///
  /// Throws `DatasetError`, `StorageError`, or `CancellationError`; the request that it was about is then done with.
  package func next() throws -> Item? {
    guard case .missing(let retriesFailed) = mode else {
      return pending.isEmpty ? nil : try begin(pending.removeFirst())
    }
    try identify()
    while true {
      switch try search(retriesFailed: retriesFailed) {
      case .run(let item): return item
      case .nothing: return nil
      case .noData(let plan): _ = try data(of: plan)
      }
    }
  }

  /// Gives up all that is pending: what kept one run from being recorded would keep the others.
  package func abandon() { pending = [] }

  /// What a search for a run came to.
  private enum Search {
    case run(Item)
    case nothing
    /// The next run is of this plan, whose data has to be loaded before.
    case noData(ExperimentPlan)
  }

  /// Finds out which experiments are asked for: their data is a part of that.
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

  /// Does without what is left of `plan`: what kept one run of it from being would keep the others.
  private func giveUp(_ plan: ExperimentPlan) {
    pending.removeAll { requests[$0].plan.isSame(as: plan) }
  }

  /// Looks for the next run. Others wait meanwhile: nothing that takes long is done here.
  private func search(retriesFailed: Bool) throws -> Search {
    guard !pending.isEmpty else { return .nothing }
    let (claim, ledger) = try claim()
    defer { withExtendedLifetime(claim) {} }
    // What others work on stays pending: they may leave it.
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
          return .run(try goOn(index, folder))
        } catch let error as ResumptionError where error.isElsewhere {
          entry = .running
        } catch let error where Self.asksForNewRun(error) {
          // Who goes on with a run makes no claim, and may have got to its end.
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

  /// The right to look for the next run, and what there is. Where that cannot be had, nothing can be run.
  private func claim() throws -> (FileLock?, RunLedger) {
    do {
      let root = context.outputDirectory
      try Storage.createFolder(root)
      let lock = try FileLock.take(root + "/.claims", waits: true)
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

  private func goOn(_ index: Int, _ folder: RunFolder) throws -> Item {
    let resumption = try Resumption(
      of: folder, context: context, backend: backend, locations: locations, loader: &loader,
      warn: warn)
    return Item(
      index: index, request: requests[index], runner: resumption.runner, run: resumption.run)
  }

  /// Whether `error` keeps a run from ever going on here, and not only now.
  private static func asksForNewRun(_ error: any Error) -> Bool {
    error is ResumptionError || error is Diagnostics || error is DamagedFileError
  }
}
