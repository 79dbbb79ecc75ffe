import Diagnostics
import Specs
import Tensors

/// Takes all its steps, in their order, or none.
package struct RandomApply: ImageStep {
  package static let type = "random_apply"
  package static let summary = "Takes its steps for some images."
  package static let otherNames = ["sometimes"]

  @Field("How likely an image is to be changed.", .range(0...1))
  package var probability: Double = 0.5

  @Field("The steps to take.", example: "[{type: elastic_transform, displacement: 1.4}]", .nonEmpty)
  package var steps: [OneOf<AugmentationCatalog>]

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMixing(in: steps, of: Self.type, &diagnostics)
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let probability = probability
    return { image, random in
      guard random.happens(probability) else { return }
      for step in inner { step.apply(to: &image) }
    }
  }
}
