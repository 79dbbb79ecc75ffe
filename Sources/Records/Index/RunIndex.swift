import Files

/// The indexes of a folder of runs, in its hidden folder `.index`. They can be deleted at any time.
///
/// If something else has the name of that folder or of a file in it, it is left alone, and there is no index.
struct RunIndex: Sendable {
  /// The index of run.json.
  let manifests: FileIndex
  /// The index of results.json.
  let results: FileIndex
  private let runs: Folder
  private let policy: IndexPolicy

  /// The indexes of the runs in the folder `runs`.
  init(of runs: Folder, _ policy: IndexPolicy) {
    self.runs = runs
    self.policy = policy
    manifests = Self.index(of: .manifest, in: runs, policy)
    results = Self.index(of: .results, in: runs, policy)
  }

  /// Reads the index of values.json, which not all commands need.
  func readValues() -> FileIndex { Self.index(of: .values, in: runs, policy) }

  private static func index(of file: RunFile, in runs: Folder, _ policy: IndexPolicy) -> FileIndex {
    let folder = try? runs.folder(".index")
    return FileIndex(file.rawValue, in: folder, policy) { try runs.createFolder(".index") }
  }
}
