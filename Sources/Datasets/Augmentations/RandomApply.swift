public import Specs
public import Tensors

/// Takes all its steps, in their order, or none.
public struct RandomApply: ImageStep {
  public static let type = "random_apply"
  public static let summary = "Takes its steps for some images."

  @Field("How likely an image is to be changed.", .range(0...1))
  public var probability: Double = 0.5

  @Field("The steps to take.", example: "[{type: elastic_transform, displacement: 1.4}]", .nonEmpty)
  public var steps: [OneOf<AugmentationCatalog>]

  public init() {}

  public func validate(at node: Node, _ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMixing(in: steps, of: Self.type, &diagnostics)
  }

  public func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let probability = probability
    return { image, random in
      guard random.happens(probability) else { return }
      for step in inner { step.apply(to: &image) }
    }
  }
}
