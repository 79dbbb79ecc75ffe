/// The indexes of a folder of runs, in its hidden folder `.index`. They can be deleted at any time.
final class RunIndex: Sendable {
  /// Of run.json.
  let manifests: FileIndex
  /// Of results.json.
  let results: FileIndex
  private let folder: String
  private let policy: IndexPolicy

  /// The indexes of the runs below `root`.
  init(root: String, _ policy: IndexPolicy) {
    folder = root + "/.index"
    self.policy = policy
    manifests = FileIndex(path: "\(folder)/\(RunFile.manifest.rawValue)", policy)
    results = FileIndex(path: "\(folder)/\(RunFile.results.rawValue)", policy)
  }

  /// Of resolved.yaml, which not all commands read.
  var specs: FileIndex {
    FileIndex(path: "\(folder)/\(RunFile.resolved.rawValue)", policy)
  }
}
