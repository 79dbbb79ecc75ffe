import Datasets
import Diagnostics
import Plans
import Records
import Tensors

/// The scores of several runs' networks on the same images, whichever images these were trained on.
package struct DataEvaluations: Sendable {
  /// A run's scores.
  package struct Row: Sendable {
    let folder: RunFolder
    let network: ScoredNetwork
    package let record: EvaluationRecord
    package let evaluation: DataEvaluation
    /// A sentence if the network was trained on some of the images, or nothing tells; nil if it was trained on others.
    package let note: String?

    /// The run's folder.
    package var run: String { folder.path }
  }

  /// The mean of the probabilities of several networks, and its record.
  package struct Ensemble: Sendable {
    package let evaluation: DataEvaluation
    package let record: EnsembleRecord
    /// The notes on runs that are not counted, since others have the same weights.
    package let notes: [String]
  }

  /// A row for each network that was scored, in their order, where they make an ensemble; else none is kept.
  package private(set) var rows: [Row] = []
  /// The warnings that pictures were prepared in another way than for training.
  package private(set) var warnings = Diagnostics()

  private let set: TestSet
  private let fingerprints: FingerprintedImages
  private let name: String
  private let backend: any Backend
  private let makeEnsemble: Bool
  private let replacesOthers: Bool
  /// The first network that was scored.
  private var first: Row?
  /// What the others have to be like to make an ensemble with the first.
  private var standard: EnsembleStandard?

  /// Prepares to score networks on the images of `set`, and to record that as the evaluation `name` in each run's folder.
  ///
  /// - Parameters:
  ///   - makeEnsemble: the networks make an ensemble, so that the predictions of all are kept.
  ///   - replacesOthers: evaluations of that name are replaced even if they are of other images.
  package init(
    on set: TestSet, recordedAs name: String, makeEnsemble: Bool = false,
    replacesOthers: Bool = false, backend: any Backend
  ) {
    self.set = set
    fingerprints = set.fingerprints
    self.name = name
    self.makeEnsemble = makeEnsemble
    self.replacesOthers = replacesOthers
    self.backend = backend
  }

  /// Scores `model`, and tests it against the first network by McNemar's test; returns its row.
  ///
  /// Throws an `EnsembleError` if it makes no ensemble with the first, where one is to be made, a `ContinuedRunError` if
  /// the run went on in another folder, a `DatasetError` if the images do not fit it, a `NoNumbersError`, and the
  /// backend's errors.
  @discardableResult
  package mutating func add(_ model: SavedModel) throws -> Row {
    if makeEnsemble {
      try standard?.require(model)
      standard = standard ?? EnsembleStandard(model)
    }
    if let successor = model.successor {
      throw ContinuedRunError(run: model.folder.path, successor: successor)
    }
    let (samples, digest) = try set.samples(
      for: "the network of \(model.folder.path)", classNames: model.classNames,
      firstLabel: model.manifest.data.firstLabel, imageShape: model.imageShape,
      scaling: model.scaling)
    if let warning = set.otherPreparation(than: model.plan.spec.data.dataset.value) {
      warnings.add(warning)
    }
    let trained = try model.folder.trainingFingerprints(of: model.manifest.data.trainingCount)
    let evaluation = try DataEvaluation(of: model, on: samples, backend: backend)
    let record = EvaluationRecord(
      of: model.weights, on: Manifest.Contents(.test, digest),
      sharedCount: trained?.count(of: fingerprints),
      scores: evaluation.scores, evaluation.predictions, mcNemar: testAgainstFirst(of: evaluation))
    let row = Row(
      folder: model.folder.notKeptOpen(),
      network: ScoredNetwork(model.manifest.name, model.folder, record), record: record,
      evaluation: evaluation,
      note: record.sharedImagesNote(for: model.folder))
    first = first ?? row
    if makeEnsemble { rows.append(row) }
    return row
  }

  /// Records the scores of `row` in its run's folder.
  package func record(_ row: Row) throws(EvaluationNotRecordedError) {
    do {
      let predictions = row.evaluation.predictions
      try row.folder.writeEvaluation(name, row.record, predictions) {
        if replacesOthers { return }
        try row.folder.requireReplaceable(
          name, by: row.record.images, classNames: predictions.classNames)
      }
    } catch {
      throw EvaluationNotRecordedError(run: row.run, part: .scores, cause: error)
    }
  }

  /// The scores of the mean of the probabilities of all networks, of which each counts once.
  ///
  /// - Precondition: there are rows.
  package func ensemble() -> Ensemble {
    let distinct = DistinctNetworks(rows, identity: \.network.identity, run: \.run)
    let members = distinct.members
    let mean = DataEvaluation(meanOf: members.map(\.evaluation))
    guard let first = members.first, let test = testAgainstFirst(of: mean) else {
      preconditionFailure("networks were scored")
    }
    let record = EnsembleRecord(
      of: members.map(\.network), on: first.record.images,
      classNames: mean.predictions.classNames, scores: mean.scores,
      memberScores: members.map(\.evaluation.scoresByCrossEntropy), mcNemar: test)
    return Ensemble(evaluation: mean, record: record, notes: distinct.notes)
  }

  /// Records the scores of all networks, and, if all of these are recorded, `ensemble` beside each. Returns the failures.
  package func recordAll(with ensemble: Ensemble) -> [EvaluationNotRecordedError] {
    let failures = eachRow { row throws(EvaluationNotRecordedError) in try record(row) }
    return failures.isEmpty ? record(ensemble) : failures
  }

  /// Records `ensemble` beside the scores of each run, which have been recorded. Returns the failures.
  package func record(_ ensemble: Ensemble) -> [EvaluationNotRecordedError] {
    eachRow { row throws(EvaluationNotRecordedError) in
      do {
        try row.folder.writeEnsemble(name, ensemble.record)
      } catch {
        throw EvaluationNotRecordedError(run: row.run, part: .ensemble, cause: error)
      }
    }
  }

  /// The failures of `record`, which is called with each row.
  private func eachRow(
    _ record: (Row) throws(EvaluationNotRecordedError) -> Void
  ) -> [EvaluationNotRecordedError] {
    rows.compactMap { row in
      do throws(EvaluationNotRecordedError) {
        try record(row)
        return nil
      } catch {
        return error
      }
    }
  }

  private func testAgainstFirst(of evaluation: DataEvaluation) -> RecordedTest? {
    first.flatMap { first in
      PredictionDiff(first.evaluation.predictions, evaluation.predictions).map {
        RecordedTest(against: first.network, $0.test)
      }
    }
  }
}

extension EvaluationRecord {
  /// A sentence about the images that the network of the run in `folder` was trained on; nil if it was on none of these.
  fileprivate func sharedImagesNote(for folder: RunFolder) -> String? {
    guard let sharedCount else {
      return
        "whether \(folder.path) was trained on some of the images is unknown: it has no \(RunFile.trainingImages.rawValue)"
    }
    return sharedCount == 0
      ? nil
      : "\(sharedCount) of \(images.count) scored images were among the training images of \(folder.path)"
  }
}
