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
    package let evaluation: DataEvaluation

    /// The run's folder.
    package var run: String { folder.path }
  }

  /// A row for each network that was scored, in their order.
  package private(set) var rows: [Row] = []

  private let set: TestSet
  private let name: String
  private let backend: any Backend
  /// The images, whose labels number the classes of the first network.
  private var images: Manifest.Contents?

  /// Prepares to score networks on the images of `set`, and to record that as the evaluation `name` in each run's folder.
  package init(on set: TestSet, recordedAs name: String, backend: any Backend) {
    self.set = set
    self.name = name
    self.backend = backend
  }

  /// Scores `model`, and records it in its run's folder with McNemar's test against the first of the rows.
  ///
  /// Throws a `DatasetError` if the images do not fit it, a `NoNumbersError`, a `StorageError` if they cannot be recorded,
  /// and the backend's errors.
  package mutating func add(_ model: SavedModel) throws {
    let (samples, digest) = try set.samples(
      for: "the network of \(model.folder.path)", classNames: model.classNames,
      imageShape: model.imageShape, scaling: model.scaling)
    let images = Manifest.Contents(.test, digest)
    let evaluation = try DataEvaluation(of: model, on: samples, backend: backend)
    let record = try model.folder.writeEvaluation(
      name, of: images, with: model.weights, scores: evaluation.scores, evaluation.predictions,
      report: evaluation.report, mcNemar: testAgainstFirst(of: evaluation))
    rows.append(
      Row(
        folder: model.folder.notKeptOpen(),
        network: ScoredNetwork(model.manifest.name, model.folder, record), evaluation: evaluation))
    self.images = self.images ?? images
  }

  /// Scores the mean of the probabilities of all networks, and records it beside the evaluation of each.
  ///
  /// Throws a `StorageError` if it cannot be recorded.
  ///
  /// - Precondition: there are rows, and their networks make an ensemble.
  package func recordEnsemble() throws -> (evaluation: DataEvaluation, record: EnsembleRecord) {
    let mean = DataEvaluation(meanOf: rows.map(\.evaluation))
    guard let images, let test = testAgainstFirst(of: mean) else {
      preconditionFailure("networks were scored")
    }
    let record = EnsembleRecord(
      of: rows.map(\.network), on: images, scores: mean.scores,
      memberScores: rows.map(\.evaluation.scoresByCrossEntropy), mcNemar: test)
    let members = record.members.map { "  \($0.run)\n" }.joined()
    let report = "The mean of the probabilities of\n\(members)\n\(mean.report)"
    for row in rows { try row.folder.writeEnsemble(name, record, report: report) }
    return (mean, record)
  }

  private func testAgainstFirst(of evaluation: DataEvaluation) -> RecordedTest? {
    rows.first.flatMap { first in
      PredictionDiff(first.evaluation.predictions, evaluation.predictions).map {
        RecordedTest(against: first.network, $0.test)
      }
    }
  }
}
