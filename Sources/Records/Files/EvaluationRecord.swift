import Documents
import Files
import Metrics

/// The scores of a run's network on the images that a file of data declares: `evaluation.json`.
package struct EvaluationRecord: Encodable, Hashable, Sendable {
  package let format: ManifestFormat
  /// The images and labels, told by their contents.
  package let images: Manifest.Contents
  /// The number of images that were also among those that the network was trained on, pixel for pixel; nil if that is
  /// unknown.
  package let sharedCount: Int?
  /// The weights that were scored.
  package let weights: ScoredWeights
  /// SHA-256 of the predictions that the scores count, as they are written, in hexadecimal.
  let predictions: String
  package let scores: Scores
  /// The test against the first of the runs that were scored together; nil for this one, and for one that was scored
  /// alone.
  package let mcNemar: RecordedTest?

  enum CodingKeys: String, CodingKey {
    case format, images
    case sharedCount = "shared_count"
    case weights, predictions, scores
    case mcNemar = "mcnemar"
  }

  /// The record of the `scores` that `weights` have on `images`, where these are the `predictions`; the network was
  /// trained on `sharedCount` of the images.
  package init(
    of weights: ScoredWeights, on images: Manifest.Contents, sharedCount: Int? = nil,
    scores: Scores, _ predictions: PredictionTable, mcNemar: RecordedTest? = nil
  ) {
    self.init(
      images: images, sharedCount: sharedCount, weights: weights,
      predictions: SHA256.hexDigest(of: Array(predictions.csv.utf8)), scores: scores,
      mcNemar: mcNemar)
  }

  private init(
    images: Manifest.Contents, sharedCount: Int?, weights: ScoredWeights, predictions: String,
    scores: Scores, mcNemar: RecordedTest?
  ) {
    format = .current
    self.images = images
    self.sharedCount = sharedCount
    self.weights = weights
    self.predictions = predictions
    self.scores = scores
    self.mcNemar = mcNemar
  }
}

extension EvaluationRecord: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    let _: ManifestFormat = try json(.format)
    let images: Manifest.Contents = try json(decoding: .images)
    guard images.part == .test else { throw node.error("is not of test images") }
    let weights: ScoredWeights = try json(decoding: .weights)
    guard [.weights, .lastWeights].contains(weights.file) else {
      throw node.error("is of a file that has no weights")
    }
    self.init(
      images: images, sharedCount: try json(ifPresent: .sharedCount), weights: weights,
      predictions: try json(.predictions),
      scores: try json(.scores), mcNemar: try json(ifPresent: .mcNemar))
    if let sharedCount, !(0...max(0, images.count)).contains(sharedCount) {
      throw node.error("shares \(sharedCount) of its \(images.count) images with training")
    }
    try scores.requirePossibleLoss(in: node)
    if let test = mcNemar?.test, !test.isPossible(for: scores) {
      throw node.error("has a test that counts otherwise than the scores")
    }
  }
}
