/// What tables need to know of a run. The rest of run.json is read where it is wanted: `folder.manifest()`.
public struct RunRecord: Hashable, Sendable {
  /// Where it is recorded.
  public let folder: RunFolder
  /// The experiment's name.
  public let name: String
  /// Decides every random number of the run.
  public let seed: Int
  /// Hash of the resolved spec.
  public let specHash: String
  /// Whether it still runs, completed, or how else it ended.
  public private(set) var status: RunStatus
  /// When the run began.
  public let started: Timestamp
  /// Why it failed, diverged or was interrupted.
  public let failure: Manifest.Failure?
  /// Epochs that the spec asks for.
  public let epochsPlanned: Int
  /// The images.
  public let data: Manifest.DataSummary
  /// Trainable numbers.
  public let parameterCount: Int
  /// There unless the run ended early or goes on.
  public let results: Results?

  /// Reads what `folder` records.
  public init(folder: RunFolder) throws {
    let manifest = try folder.manifest()
    let results = manifest.status == .completed ? try folder.results() : nil
    self.init(folder: folder, manifest: manifest, results: results)
  }

  /// This record with the status that the run's own process knows, whatever could be written of it.
  public func ended(_ status: RunStatus) -> RunRecord {
    var record = self
    record.status = status
    return record
  }

  package init(folder: RunFolder, manifest: Manifest, results: Results?) {
    self.folder = folder
    name = manifest.name
    seed = manifest.seed
    specHash = manifest.specHash
    status = manifest.currentStatus
    started = manifest.started
    failure = manifest.failure
    epochsPlanned = manifest.epochsPlanned
    data = manifest.data
    parameterCount = manifest.parameterCount
    self.results = results
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
