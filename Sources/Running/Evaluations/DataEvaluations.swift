import Datasets
import Records
import Tensors

/// The scores of several runs' networks on the same images, which are no part of their experiments.
package struct DataEvaluations: Sendable {
  /// A run's scores.
  package struct Row: Sendable {
    /// The run's folder.
    package let run: String
    package let evaluation: DataEvaluation
  }

  /// A row for each network, in their order.
  package let rows: [Row]
  /// The scores of the mean of all probabilities; nil unless the networks are an ensemble.
  package let mean: DataEvaluation?

  /// Scores each of `models` on the images of `set`, and records it as the evaluation `name` in its run's folder.
  ///
  /// Throws a `DatasetError` if the images do not fit one of them, a `StorageError`, and the backend's errors; the
  /// networks before it are recorded then.
  package init(
    of models: SavedModels, on set: TestSet, recordedAs name: String, backend: any Backend
  ) throws {
    rows = try models.all.map { model in
      Row(
        run: model.folder.path,
        evaluation: try DataEvaluation(of: model, on: set, recordedAs: name, backend: backend))
    }
    mean =
      models.isEnsemble && !rows.isEmpty ? DataEvaluation(meanOf: rows.map(\.evaluation)) : nil
  }
}
