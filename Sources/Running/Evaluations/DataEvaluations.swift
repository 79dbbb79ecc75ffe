import Datasets
import Plans
import Records
import Tensors

/// The scores of several runs' networks on the same images, which are no part of their experiments.
package struct DataEvaluations: Sendable {
  /// A run's scores.
  package struct Row: Sendable {
    let folder: RunFolder
    let network: ScoredNetwork
    let record: EvaluationRecord
    package let evaluation: DataEvaluation

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

  /// A row for each network that was scored, in their order.
  package private(set) var rows: [Row] = []

  private let set: TestSet
  private let name: String
  private let backend: any Backend

  /// Prepares to score networks on the images of `set`, and to record that as the evaluation `name` in each run's folder.
  package init(on set: TestSet, recordedAs name: String, backend: any Backend) {
    self.set = set
    self.name = name
    self.backend = backend
  }

  /// Scores `model`, and tests it against the first of the rows by McNemar's test; returns its row.
  ///
  /// Throws a `DatasetError` if the images do not fit it, a `NoNumbersError`, and the backend's errors.
  @discardableResult
  package mutating func add(_ model: SavedModel) throws -> Row {
    let (samples, digest) = try set.samples(
      for: "the network of \(model.folder.path)", classNames: model.classNames,
      firstLabel: model.manifest.data.firstLabel, imageShape: model.imageShape,
      scaling: model.scaling)
    let evaluation = try DataEvaluation(of: model, on: samples, backend: backend)
    let record = EvaluationRecord(
      of: model.weights, on: Manifest.Contents(.test, digest), scores: evaluation.scores,
      evaluation.predictions, mcNemar: testAgainstFirst(of: evaluation))
    let row = Row(
      folder: model.folder.notKeptOpen(),
      network: ScoredNetwork(model.manifest.name, model.folder, record), record: record,
      evaluation: evaluation)
    rows.append(row)
    return row
  }

  /// Records the scores of `row` in its run's folder.
  package func record(_ row: Row) throws(EvaluationNotRecordedError) {
    try Self.recording(row) { folder in
      try folder.writeEvaluation(name, row.record, row.evaluation.predictions)
    }
  }

  /// The scores of the mean of the probabilities of all networks, of which each counts once.
  ///
  /// - Precondition: there are rows, and their networks make an ensemble.
  package func ensemble() -> Ensemble {
    let distinct = DistinctNetworks(
      rows, weights: \.record.weights, classNames: \.evaluation.predictions.classNames, run: \.run)
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

  /// Records `ensemble` beside the evaluation of each run, which has been recorded.
  package func record(_ ensemble: Ensemble) throws(EvaluationNotRecordedError) {
    for row in rows {
      try Self.recording(row) { folder in try folder.writeEnsemble(name, ensemble.record) }
    }
  }

  private static func recording(
    _ row: Row, _ write: (RunFolder) throws -> Void
  ) throws(EvaluationNotRecordedError) {
    do {
      try write(row.folder)
    } catch {
      throw EvaluationNotRecordedError(run: row.run, cause: error)
    }
  }

  private func testAgainstFirst(of evaluation: DataEvaluation) -> RecordedTest? {
    rows.first.flatMap { first in
      PredictionDiff(first.evaluation.predictions, evaluation.predictions).map {
        RecordedTest(against: first.network, $0.test)
      }
    }
  }
}
