import Documents
import Files
import Metrics

/// The scores of a run's network on images that are no part of its experiment: `evaluation.json`.
package struct EvaluationRecord: Encodable, Hashable, Sendable {
  package let format: ManifestFormat
  /// The type of the images' dataset: `image_folder`.
  package let dataset: String
  /// The images and labels, told by their contents.
  package let images: Manifest.Contents
  /// The weights that were taken: `best` or `last`.
  package let weights: String
  package let scores: Scores

  enum CodingKeys: String, CodingKey { case format, dataset, images, weights, scores }

  package init(dataset: String, images: Manifest.Contents, weights: String, scores: Scores) {
    format = .current
    self.dataset = dataset
    self.images = images
    self.weights = weights
    self.scores = scores
  }
}

extension EvaluationRecord: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    let _: ManifestFormat = try json(.format)
    self.init(
      dataset: try json(.dataset), images: try json(decoding: .images),
      weights: try json(.weights), scores: try json(.scores))
  }
}
