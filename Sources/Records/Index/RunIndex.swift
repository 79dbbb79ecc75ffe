import Files

/// The indexes of a folder of runs, in its hidden folder `.index`. They can be deleted at any time.
///
/// If something else has the name of that folder or of a file in it, it is left alone, and there is no index.
final class RunIndex: Sendable {
  /// The index of run.json.
  let manifests: FileIndex?
  /// The index of results.json.
  let results: FileIndex?
  private let folder: String
  private let policy: IndexPolicy

  /// The indexes of the runs below `root`; nil if there can be none.
  init?(root: String, _ policy: IndexPolicy) {
    folder = root + "/.index"
    let kind = Storage.kind(of: folder)
    guard kind == nil || kind == .folder else { return nil }
    self.policy = policy
    manifests = FileIndex(path: "\(folder)/\(RunFile.manifest.rawValue)", policy)
    results = FileIndex(path: "\(folder)/\(RunFile.results.rawValue)", policy)
  }

  /// Reads the index of values.json, which not all commands need.
  func readValues() -> FileIndex? {
    FileIndex(path: "\(folder)/\(RunFile.values.rawValue)", policy)
  }
}
