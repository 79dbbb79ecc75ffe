/// A run's network as it was scored.
package struct ScoredNetwork: Codable, Hashable, Sendable {
  /// The experiment's name and that of the run's folder: `mnist-tiny/2026-11-22_21-06-06_seed-0`.
  package let run: String
  package let weights: EvaluationRecord.Weights
  /// SHA-256 of its predictions, as they are written, in hexadecimal.
  let predictions: String

  enum CodingKeys: String, CodingKey { case run, weights, predictions }

  /// The network of the run in `folder`, whose `record` this is, of the experiment `name`.
  package init(_ name: String, _ folder: RunFolder, _ record: EvaluationRecord) {
    run = "\(name)/\(folder.name)"
    weights = record.weights
    predictions = record.predictions
  }

  /// Whether `record` is of the same weights and predictions.
  func isScored(by record: EvaluationRecord) -> Bool {
    weights == record.weights && predictions == record.predictions
  }
}
