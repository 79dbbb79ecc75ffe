import Datasets
import Plans

extension DataDigest {
  /// The digest of some images.
  package static let example = DataDigest(
    imageShape: [2, 2, 1], training: Part(count: 4, pixels: "a", labels: "b"),
    test: Part(count: 2, pixels: "c", labels: "d"))
}

extension ExperimentPlan {
  /// The hash of the experiment on the example's data.
  package var specHash: String { specHash(.example) }
}
