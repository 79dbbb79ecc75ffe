import Documents
import Files

/// What tables need to know of a run. The rest of run.json is read where it is wanted: `folder.manifest()`.
///
/// It never changes. That it is a class lets tables sort and group thousands of them at little cost.
package final class RunRecord: Sendable {
  /// Where it is recorded.
  package let folder: RunFolder
  /// The experiment's name.
  package let name: String
  /// Which combination of a sweep's values it is of, in words.
  package let variant: String?
  /// What the user calls it and others that belong together.
  package let tag: String?
  /// Decides every random number of the run.
  package let seed: Int
  /// Hash of the resolved spec.
  package let specHash: String
  /// Whether it still runs, completed, or how else it ended.
  package let status: RunStatus
  /// When the run began.
  package let started: Timestamp
  /// Why it failed, diverged or was interrupted.
  package let failure: Manifest.Failure?
  /// Epochs that the spec asks for.
  package let epochsPlanned: Int
  /// The images.
  package let data: Manifest.DataSummary
  /// Trainable numbers.
  package let parameterCount: Int
  /// There unless the run ended early or goes on.
  package let results: Results?

  /// Reads what `folder` records.
  package convenience init(folder: RunFolder) throws {
    try self.init(folder: folder, index: nil, data: SharedValues())
  }

  /// Likewise, without reading again what `index` and `data` know.
  convenience init(
    folder: RunFolder, index: RunIndex?, data: SharedValues<Manifest.DataSummary>
  ) throws {
    func read() throws -> RunRecord {
      try folder.read(.manifest, with: index?.manifests) { json in
        try RunRecord(folder: folder, json: json.object(Manifest.CodingKeys.self), data: data)
      }
    }
    var (record, status) = (try read(), RunStatus.crashed)
    if record.status != .running || folder.isLocked {
      status = record.status
    } else {
      // It may have ended since run.json was read.
      record = try read()
      if record.status != .running { status = record.status }
    }
    let isCompleted = status == .completed
    let results = isCompleted ? try folder.read(.results, with: index?.results, Results.init) : nil
    let classCount = record.data.classNames.count
    for scores in [results?.validation, results?.test].compactMap(\.self)
    where scores.confusionMatrix.classCount != classCount {
      throw DamagedFileError(
        path: folder.path(of: .results),
        reason: "it has \(scores.confusionMatrix.classCount) classes, the run \(classCount)")
    }
    self.init(record, status: status, results: results)
  }

  private init(
    folder: RunFolder, json: JSONObject<Manifest.CodingKeys>,
    data known: SharedValues<Manifest.DataSummary>
  ) throws {
    let _: ManifestFormat = try json(.format)
    self.folder = folder
    name = try json(.name)
    variant = try json(ifPresent: .variant)
    tag = try json(ifPresent: .tag)
    seed = try json(.seed)
    specHash = try json(.specHash)
    started = try json(.started)
    failure = try json(ifPresent: .failure)
    epochsPlanned = try json(.epochsPlanned)
    data = try json(.data, in: known)
    parameterCount = try json(.parameterCount)
    status = try json(.status)
    results = nil
  }

  private init(_ record: RunRecord, status: RunStatus, results: Results?) {
    folder = record.folder
    name = record.name
    variant = record.variant
    tag = record.tag
    seed = record.seed
    specHash = record.specHash
    self.status = status
    started = record.started
    failure = record.failure
    epochsPlanned = record.epochsPlanned
    data = record.data
    parameterCount = record.parameterCount
    self.results = results
  }

  /// This record with the status that the run's own process knows, whatever could be written of it.
  package func ended(_ status: RunStatus) -> RunRecord {
    RunRecord(self, status: status, results: results)
  }

  /// A record of what `manifest` and `results` say.
  package init(folder: RunFolder, manifest: Manifest, results: Results?) {
    self.folder = folder
    name = manifest.name
    variant = manifest.variant
    tag = manifest.tag
    seed = manifest.seed
    specHash = manifest.specHash
    status = manifest.status
    started = manifest.started
    failure = manifest.failure
    epochsPlanned = manifest.epochsPlanned
    data = manifest.data
    parameterCount = manifest.parameterCount
    self.results = results
  }
}

extension RunRecord: Hashable {
  /// Whether both say the same of the same folder.
  package static func == (left: RunRecord, right: RunRecord) -> Bool {
    left === right
      || (left.folder, left.name, left.seed, left.specHash, left.status, left.started)
        == (right.folder, right.name, right.seed, right.specHash, right.status, right.started)
        && (
          left.tag, left.failure, left.epochsPlanned, left.data, left.parameterCount, left.results
        )
          == (
            right.tag, right.failure, right.epochsPlanned, right.data, right.parameterCount,
            right.results
          )
  }

  /// Hashes where it is recorded.
  package func hash(into hasher: inout Hasher) { hasher.combine(folder) }
}
