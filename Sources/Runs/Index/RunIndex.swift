/// The indexes of a folder of runs, in its hidden folder `.index`. They can be deleted at any time.
final class RunIndex: Sendable {
  /// Of run.json.
  let manifests: FileIndex
  /// Of results.json.
  let results: FileIndex
  private let folder: String
  private let isWhole: Bool

  /// The indexes of the runs below `root`; `isWhole` if all of these are going to be asked for.
  init(root: String, isWhole: Bool) {
    folder = root + "/.index"
    self.isWhole = isWhole
    manifests = FileIndex(path: "\(folder)/\(RunFile.manifest.rawValue)", isWhole: isWhole)
    results = FileIndex(path: "\(folder)/\(RunFile.results.rawValue)", isWhole: isWhole)
  }

  /// Of resolved.yaml, which not all commands read.
  var specs: FileIndex {
    FileIndex(path: "\(folder)/\(RunFile.resolved.rawValue)", isWhole: isWhole)
  }
}
