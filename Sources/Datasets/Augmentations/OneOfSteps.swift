import Diagnostics
import Specs
import Tensors

/// Takes one of its steps, each as likely as the others.
package struct OneOfSteps: ImageStep {
  package static let type = "one_of"
  package static let summary = "Takes one of its steps, another for each image."
  package static let otherNames = ["RandomChoice"]

  @Field(
    "The steps to choose from.",
    example: "[{type: random_rotation, degrees: 10}, {type: random_shear, degrees: 10}]", .nonEmpty)
  package var steps: [OneOf<AugmentationCatalog>]

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMixing(in: steps, of: Self.type, &diagnostics)
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    return { image, random in inner[random.index(below: inner.count)].apply(to: &image) }
  }
}
