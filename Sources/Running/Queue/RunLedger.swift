import Files
import Records

/// What became of requests so far, by what is recorded below a folder of runs.
package struct RunLedger {
  /// What is known of a request.
  package enum Entry: Sendable {
    /// There is no run of it.
    case missing
    /// It has a completed run.
    case completed
    /// A process is working on it.
    case running
    /// Its latest run stopped on its way.
    case stopped(RunFolder)
    /// Its latest run failed or diverged.
    case failed(RunRecord)

    /// Whether there has to be a run, if what failed is tried again or not.
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
    /// Those that other processes work on.
    package internal(set) var running = 0
    /// The last runs of those that failed or diverged.
    package internal(set) var failed: [RunRecord] = []

    package var count: Int { completed + running + failed.count }

    package init() {}

    /// Counts a request of which `entry` is known; what needs a run does not count.
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
  /// What looks like a run and cannot be read as one, so that nobody knows what it is of.
  package let problems: [RunProblem]

  /// Reads what is below `root`. Throws what keeps that from being read.
  package init(root: String) throws {
    let catalog = Storage.exists(root) ? try RunCatalog(arguments: [], root: root) : nil
    runs = Dictionary(grouping: catalog?.runs ?? []) {
      RunRequest.Identity(specHash: $0.specHash, seed: $0.seed)
    }
    problems = catalog?.problems ?? []
  }

  /// The last that became of the request with this `identity`.
  package func entry(for identity: RunRequest.Identity) -> Entry {
    let runs = runs[identity] ?? []
    if runs.contains(where: { $0.status == .completed }) { return .completed }
    if runs.contains(where: { $0.status == .running }) { return .running }
    guard let last = runs.last else { return .missing }
    return last.status.isResumable ? .stopped(last.folder) : .failed(last)
  }
}
