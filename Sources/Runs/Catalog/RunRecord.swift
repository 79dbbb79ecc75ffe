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
  public private(set) var results: Results?

  /// Reads what `folder` records.
  public init(folder: RunFolder) throws { try self.init(folder: folder, index: nil) }

  /// Likewise, without reading again what `index` knows.
  init(folder: RunFolder, index: RunIndex?) throws {
    let record = try folder.read(.manifest, with: index?.manifests) { json in
      try RunRecord(folder: folder, json: json.object(Manifest.CodingKeys.self))
    }
    self = record
    guard status == .completed else { return }
    let results = try folder.read(.results, with: index?.results, Results.init)
    for scores in [results.validation, results.test].compactMap(\.self) {
      let classCount = scores.confusionMatrix.classCount
      guard classCount == data.classNames.count else {
        throw DamagedFileError(
          path: folder.path(of: .results),
          reason: "it has \(classCount) classes, the run \(data.classNames.count)")
      }
    }
    self.results = results
  }

  private init(folder: RunFolder, json: JSONObject<Manifest.CodingKeys>) throws {
    let _: ManifestFormat = try json(.format)
    self.folder = folder
    status = try json(.status)
    name = try json(.name)
    seed = try json(.seed)
    specHash = try json(.specHash)
    started = try json(.started)
    failure = try json(ifPresent: .failure)
    epochsPlanned = try json(.epochsPlanned)
    data = try json(.data)
    parameterCount = try json(.parameterCount)
    if status == .running, try (json(.machine) as Machine).isProcessGone { status = .crashed }
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
