import Files
import Records

/// The state of run requests, as recorded below a folder of runs.
package struct RunLedger {
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
    /// The latest run failed or diverged.
    case failed(RunRecord)

    /// True if the request needs a run. Failed ones do if `retriesFailed`.
    package func needsRun(retriesFailed: Bool) -> Bool {
      switch self {
      case .missing, .stopped: true
      case .failed: retriesFailed
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
      case .failed(let record): failed.append(record)
      case .missing, .stopped: break
      }
    }
  }

  private let runs: [RunRequest.Identity: [RunRecord]]
  /// Folders that look like runs and cannot be read, so that their requests are unknown.
  package let problems: [RunProblem]

  /// Reads the runs below `root`. Throws if the folder cannot be read.
  package init(root: String) throws {
    let catalog = Storage.exists(root) ? try RunCatalog(arguments: [], root: root) : nil
    runs = Dictionary(grouping: catalog?.runs ?? []) {
      RunRequest.Identity(specHash: $0.specHash, seed: $0.seed)
    }
    problems = catalog?.problems ?? []
  }

  /// The runs of the request with this `identity`, oldest first.
  package func runs(of identity: RunRequest.Identity) -> [RunRecord] { runs[identity] ?? [] }

  /// The state of the request with this `identity`.
  package func entry(for identity: RunRequest.Identity) -> Entry {
    let runs = runs[identity] ?? []
    if runs.contains(where: { $0.status == .completed }) { return .completed }
    if runs.contains(where: { $0.status == .running }) { return .running }
    guard let last = runs.last else { return .missing }
    return last.status.isResumable ? .stopped(last.folder) : .failed(last)
  }
}
