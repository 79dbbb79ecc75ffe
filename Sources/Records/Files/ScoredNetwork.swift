import Documents

/// A run's network as it was scored.
package struct ScoredNetwork: Encodable, Hashable, Sendable {
  /// The experiment's name and that of the run's folder: `mnist-tiny/2026-11-22_21-06-06_seed-0`.
  package let run: String
  package let weights: ScoredWeights
  /// SHA-256 of its predictions, as they are written, in hexadecimal.
  let predictions: String

  enum CodingKeys: String, CodingKey { case run, weights, predictions }

  /// The most bytes of `run`; no folder has a name as long.
  private static let longestName = 1024

  /// The network of the run in `folder`, whose `record` this is, of the experiment `name`.
  package init(_ name: String, _ folder: RunFolder, _ record: EvaluationRecord) {
    run = Self.name(of: folder, name)
    weights = record.weights
    predictions = record.predictions
  }

  /// The name of the run in `folder`, of the experiment `name`.
  static func name(of folder: RunFolder, _ name: String) -> String { "\(name)/\(folder.name)" }

  /// Whether `record` is of the same weights and predictions.
  func isScored(by record: EvaluationRecord) -> Bool {
    weights == record.weights && predictions == record.predictions
  }
}

extension ScoredNetwork: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    run = try json(.run)
    weights = try json(decoding: .weights)
    predictions = try json(.predictions)
    guard run.utf8.count <= Self.longestName else {
      throw node.error("has a name that is too long")
    }
  }
}
