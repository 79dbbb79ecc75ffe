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
  package static func name(of folder: RunFolder, _ name: String) -> String {
    "\(name)/\(folder.name)"
  }

  /// What makes it the same network as another that was scored on the same images, whichever run that is of, such as a
  /// copy of a run's folder: the contents of the weights, and the predictions, in which the classes have their order. The
  /// same weights with their classes in another order are another network.
  package struct Identity: Hashable, Sendable {
    let weights: String
    let predictions: String
  }

  /// See `Identity`.
  package var identity: Identity { Identity(weights: weights.sha256, predictions: predictions) }
}

extension EvaluationRecord {
  /// The network that was scored.
  var identity: ScoredNetwork.Identity { .init(weights: weights.sha256, predictions: predictions) }
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
