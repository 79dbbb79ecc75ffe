import Documents
import Files

/// The part of a run's record that tables need. The rest of run.json is read on demand by `folder.manifest()`.
///
/// It never changes. That it is a class lets tables sort and group thousands of them at little cost.
@dynamicMemberLookup
package final class RunRecord: Sendable {
  /// All fields; to read one through this spares thousands of rows the look-up of a key path.
  package let content: Content

  /// Everything that a record has; listed here alone.
  package struct Content: Hashable, Sendable {
    /// The place where it is recorded.
    package let folder: RunFolder
    /// The experiment's name.
    package let name: String
    /// The combination of a sweep's values, in words.
    package let variant: String?
    /// The addresses of the values that the sweep varies.
    package let varied: [String]
    /// The user's label for this and other runs that belong together: the one that it was given last.
    package fileprivate(set) var tag: String?
    /// The seed of every random number of the run.
    package let seed: Int
    /// The fold that the run holds out; nil if there are no folds.
    package let fold: Manifest.Fold?
    /// The images of that fold, also where the scores shown are of an evaluation's; nil if there are no folds.
    package let heldOut: Manifest.FoldImages?
    /// Hash of the resolved spec.
    package let specHash: String
    /// The status: running, completed, or another end.
    package fileprivate(set) var status: RunStatus
    /// The moment when the run began.
    package let started: Timestamp
    /// The reason why it failed, diverged or was interrupted.
    package let failure: Manifest.Failure?
    /// Epochs that the spec asks for.
    package let epochsPlanned: Int
    /// The images.
    package fileprivate(set) var data: Manifest.DataSummary
    /// Trainable numbers.
    package let parameterCount: Int
    /// The images of which each fold has others, so that their predictions are pooled; nil if there are no folds, or an
    /// evaluation's images have taken their place.
    package fileprivate(set) var foldedPart: Manifest.DataPart?
    /// The results; nil if the run ended early or is running.
    package fileprivate(set) var results: Results?

    /// The seed, and the fold if there are any.
    package var repetition: Repetition { Repetition(seed: seed, fold: fold?.index) }
  }

  /// A field of the record; inlined, so that no key path is left at run time.
  @inlinable
  package subscript<Value>(dynamicMember field: KeyPath<Content, Value>) -> Value {
    content[keyPath: field]
  }

  private init(_ content: Content) { self.content = content }

  /// Reads the record in `folder`.
  package convenience init(folder: RunFolder) throws {
    try self.init(folder: folder, index: nil, data: SharedValues())
  }

  /// Likewise, without reading again the records that `index` and `data` have.
  convenience init(
    folder: RunFolder, index: RunIndex?, data: SharedValues<Manifest.DataSummary>
  ) throws {
    func read() throws -> Content {
      try folder.read(.manifest, with: index?.manifests) { json in
        try Content(folder: folder, json: json.object(Manifest.CodingKeys.self), data: data)
      }
    }
    var content = try read()
    var status = content.status
    if status == .running {
      let lease = folder.lease
      if !lease.isHeld {
        // The run may have ended since run.json was read.
        content = try read()
        status = content.status
        if status == .running { status = lease.outcome == nil ? .crashed : .continued }
      }
    }
    content.status = status
    content.tag = try folder.givenTag() ?? content.tag
    if status == .completed {
      content.results = try folder.read(.results, with: index?.results, Results.init)
    }
    if let reason = content.results.flatMap(content.data.contradiction) {
      throw DamagedFileError(path: folder.path(of: .results), reason: reason)
    }
    self.init(content)
  }

  /// The record as it is now: read again unless the run has ended for good, or its folder cannot be read.
  package var current: RunRecord {
    switch content.status {
    case .completed, .diverged, .continued: self
    case .running, .failed, .interrupted, .crashed: (try? RunRecord(folder: content.folder)) ?? self
    }
  }

  /// This record with the scores and images of `evaluation` in place of those of its test images.
  func scored(by evaluation: EvaluationRecord) -> RunRecord {
    var content = content
    content.results?.test = evaluation.scores
    content.data = content.data.replacingTest(
      by: evaluation.images, sharedCount: evaluation.sharedCount)
    if content.foldedPart == .test { content.foldedPart = nil }
    return RunRecord(content)
  }

  /// This record with the status known to the run's own process, which may have failed to write it.
  package func ended(_ status: RunStatus) -> RunRecord {
    var content = content
    content.status = status
    return RunRecord(content)
  }

  /// The record with the contents of `manifest` and `results`.
  package init(folder: RunFolder, manifest: Manifest, results: Results?) {
    content = Content(
      folder: folder, name: manifest.name, variant: manifest.variant,
      varied: manifest.varied, tag: manifest.tag,
      seed: manifest.seed, fold: manifest.fold,
      heldOut: manifest.fold.flatMap { Manifest.FoldImages(of: $0, in: manifest.data) },
      specHash: manifest.specHash,
      status: manifest.status,
      started: manifest.started, failure: manifest.failure, epochsPlanned: manifest.epochsPlanned,
      data: manifest.data, parameterCount: manifest.parameterCount,
      foldedPart: manifest.fold?.part, results: results)
  }
}

extension RunRecord.Content {
  fileprivate init(
    folder: RunFolder, json: JSONObject<Manifest.CodingKeys>,
    data known: SharedValues<Manifest.DataSummary>
  ) throws {
    let _: ManifestFormat = try json(.format)
    let name: String = try json(.name)
    let tag: String? = try json(ifPresent: .tag)
    let images: Manifest.DataSummary = try json(.data, in: known)
    let fold: Manifest.Fold? = try json(decodingIfPresent: .fold)
    try fold?.check()
    try Manifest.check(name: name, tag: tag, classNames: images.classNames)
    self.init(
      folder: folder, name: name, variant: try json(ifPresent: .variant),
      varied: try json(.varied),
      tag: tag, seed: try json(notNegative: .seed), fold: fold,
      heldOut: fold.flatMap { Manifest.FoldImages(of: $0, in: images) },
      specHash: try json(.specHash),
      status: try json(decoding: .status), started: try json(.started),
      failure: try json(decodingIfPresent: .failure), epochsPlanned: try json(.epochsPlanned),
      data: images, parameterCount: try json(.parameterCount),
      foldedPart: fold?.part, results: nil)
  }
}

extension RunRecord: Hashable {
  /// True if both say the same of the same folder.
  package static func == (left: RunRecord, right: RunRecord) -> Bool {
    left === right || left.content == right.content
  }

  /// Hashes the folder.
  package func hash(into hasher: inout Hasher) { hasher.combine(content.folder) }
}
