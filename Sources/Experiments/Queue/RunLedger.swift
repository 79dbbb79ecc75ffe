import Runs

/// What became of requests so far, by what is recorded below a folder of runs: a request is known by its spec's hash and
/// its seed, whatever it is called.
public struct RunLedger {
  /// What is known of a request.
  public enum Entry: Sendable {
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
  }

  private let runs: [Key: [RunRecord]]

  private struct Key: Hashable {
    let specHash: String
    let seed: Int
  }

  /// Reads what is below `root`. Throws what keeps that from being read.
  public init(root: String) throws {
    let runs = Storage.exists(root) ? try RunCatalog(arguments: [], root: root).runs : []
    self.runs = Dictionary(grouping: runs) { Key(specHash: $0.specHash, seed: $0.seed) }
  }

  /// What became of `request`.
  public func entry(for request: RunRequest) -> Entry {
    let runs = runs[Key(specHash: request.plan.specHash, seed: request.seed)] ?? []
    if runs.contains(where: { $0.status == .completed }) { return .completed }
    if runs.contains(where: { $0.status == .running }) { return .running }
    guard let last = runs.last else { return .missing }
    return last.status.isResumable ? .stopped(last.folder) : .failed(last)
  }
}
