import Datasets
import Runs
import Tensors

/// Which runs of a command come next, and what became of the requests that need none.
///
/// Without a ledger each request is a new run. With it, only what no run has completed is run: what stopped on its way goes
/// on, and what another process works on is left to it. Several commands may share the work: who looks for the next run
/// has the folder of runs for itself until that run is locked.
public final class RunQueue {
  /// How a queue looks at runs that are there already.
  public enum Mode: Sendable {
    /// Not at all: each request is a new run.
    case all
    /// Only what has no completed run is run; what failed is, too, if that `retriesFailed`.
    case missing(retriesFailed: Bool)
  }

  /// A run that is ready to be executed.
  public struct Item {
    /// Which of the requests it answers.
    public let index: Int
    public let request: RunRequest
    public let runner: Runner
    public let run: OpenRun
  }

  public let requests: [RunRequest]
  /// What became of requests that needed no run of this queue, as far as is known.
  public private(set) var settled = RunLedger.Settled()

  private let mode: Mode
  private let context: RunContext
  private let backend: any Backend
  private let locations: DataLocations
  private let warn: (any Error) -> Void
  private var loader = DataLoader()
  /// Numbers of the requests that may need a run.
  private var pending: [Int]
  /// Runs that cannot be read, as far as they were told of.
  private var damaged: Set<String> = []

  /// - Parameter warn: is told why a run that stopped cannot go on, or cannot be read, so that a new one takes its place.
  public init(
    _ requests: [RunRequest], _ mode: Mode, _ context: RunContext, backend: any Backend,
    locations: DataLocations, warn: @escaping (any Error) -> Void
  ) {
    (self.requests, self.mode, self.context) = (requests, mode, context)
    (self.backend, self.locations, self.warn) = (backend, locations, warn)
    pending = Array(requests.indices)
  }

  /// Requests that have had no run so far, and may need one.
  public var pendingCount: Int { pending.count }

  /// The next run, with its folder; nil if there is none left for this process.
  ///
  /// Throws `DatasetError` or `StorageError`; the request that it was about is then done with.
  public func next() throws -> Item? {
    guard !pending.isEmpty else { return nil }
    guard case .missing(let retriesFailed) = mode else { return try begin(pending.removeFirst()) }
    let (claim, ledger) = try claim()
    defer { withExtendedLifetime(claim) {} }
    var waiting: [Int] = []
    defer { pending = waiting + pending }
    while !pending.isEmpty {
      let index = pending.removeFirst()
      let entry = ledger.entry(for: requests[index])
      switch entry {
      case .stopped(let folder):
        if let item = try goOn(index, folder) { return item }
        waiting.append(index)
      case .running: waiting.append(index)
      case _ where entry.needsRun(retriesFailed: retriesFailed): return try begin(index)
      default: settled.add(entry)
      }
    }
    settled.running = waiting.count
    return nil
  }

  /// Gives up what is pending of `plan`: what kept one of its runs from being would keep the others.
  public func abandon(_ plan: ExperimentPlan) {
    pending.removeAll { requests[$0].plan.isSame(as: plan) }
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

  private func begin(_ index: Int) throws -> Item {
    let request = requests[index]
    do {
      let runner = Runner(request.plan, data: try loader.data(of: request.plan), backend: backend)
      return Item(
        index: index, request: request, runner: runner,
        run: try runner.begin(seed: request.seed, context))
    } catch {
      abandon(request.plan)
      throw error
    }
  }

  /// The run in `folder`, or a new one if that cannot go on; nil if another process has got hold of it.
  private func goOn(_ index: Int, _ folder: RunFolder) throws -> Item? {
    do {
      let resumption = try Resumption(
        of: folder, context: context, backend: backend, locations: locations, loader: &loader,
        warn: warn)
      return Item(
        index: index, request: requests[index], runner: resumption.runner, run: resumption.run)
    } catch {
      if folder.isLocked { return nil }
      warn(error)
      return try begin(index)
    }
  }
}
