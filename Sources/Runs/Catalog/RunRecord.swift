/// A run as its folder records it.
public struct RunRecord: Hashable, Sendable {
  /// Where it is recorded.
  public let folder: RunFolder
  /// What run.json says.
  public let manifest: Manifest
  /// There unless the run ended early or goes on.
  public let results: Results?

  /// Whether it still runs, completed, or how else it ended.
  public var status: RunStatus { manifest.currentStatus }

  /// Reads what `folder` records.
  public init(folder: RunFolder) throws {
    let manifest = try folder.manifest()
    let results = manifest.status == .completed ? try folder.results() : nil
    self.init(folder: folder, manifest: manifest, results: results)
  }

  /// This record with the status that the run's own process knows, whatever could be written of it.
  public func ended(_ status: RunStatus) -> RunRecord {
    var manifest = manifest
    if manifest.status != status { manifest.end(status) }
    return RunRecord(folder: folder, manifest: manifest, results: results)
  }

  package init(folder: RunFolder, manifest: Manifest, results: Results?) {
    (self.folder, self.manifest, self.results) = (folder, manifest, results)
  }
}

/// A folder that should be a run's but cannot be read as one.
public struct RunProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder.
  public let path: String
  /// What is wrong with it.
  public let reason: String

  /// The folder at `path` cannot be read, because of `reason`.
  public init(path: String, reason: String) { (self.path, self.reason) = (path, reason) }

  /// `runs/a/2026-11-22_21-06-06_seed-0: run.json is missing`
  public var description: String { "\(path): \(reason)" }
}
