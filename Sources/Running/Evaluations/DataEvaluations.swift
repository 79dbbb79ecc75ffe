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
    /// A sentence if the images are those that the network was trained on; nil for others.
    package let warning: String?

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
  /// The warnings that pictures were prepared in another way than for training.
  package private(set) var warnings = Diagnostics()

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
  /// Throws a `ContinuedRunError` if the run went on in another folder, a `DatasetError` if the images do not fit it, a
  /// `NoNumbersError`, and the backend's errors.
  @discardableResult
  package mutating func add(_ model: SavedModel) throws -> Row {
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
    let evaluation = try DataEvaluation(of: model, on: samples, backend: backend)
    let record = EvaluationRecord(
      of: model.weights, on: Manifest.Contents(.test, digest), scores: evaluation.scores,
      evaluation.predictions, mcNemar: testAgainstFirst(of: evaluation))
    let isOfTraining = model.manifest.data.contents(of: .training)?.pixels == digest.pixels
    let row = Row(
      folder: model.folder.notKeptOpen(),
      network: ScoredNetwork(model.manifest.name, model.folder, record), record: record,
      evaluation: evaluation,
      warning: isOfTraining ? "\(model.folder.path) was trained on these very images" : nil)
    rows.append(row)
    return row
  }

  /// Records the scores of `row` in its run's folder.
  package func record(_ row: Row) throws(EvaluationNotRecordedError) {
    do {
      try row.folder.writeEvaluation(name, row.record, row.evaluation.predictions)
    } catch {
      throw EvaluationNotRecordedError(run: row.run, part: .scores, cause: error)
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
    rows.first.flatMap { first in
      PredictionDiff(first.evaluation.predictions, evaluation.predictions).map {
        RecordedTest(against: first.network, $0.test)
      }
    }
  }
}
