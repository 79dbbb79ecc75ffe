public import Specs
public import Tensors

/// Takes one of its steps, each as likely as the others.
public struct OneOfSteps: ImageStep {
  public static let type = "one_of"
  public static let summary = "Takes one of its steps, another for each image."

  @Field(
    "The steps to choose from.",
    example: "[{type: random_rotation, degrees: 10}, {type: random_shear, degrees: 10}]", .nonEmpty)
  public var steps: [OneOf<AugmentationCatalog>]

  public init() {}

  public func validate(at node: Node, _ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMixing(in: steps, of: Self.type, &diagnostics)
  }

  public func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    return { image, random in inner[random.index(below: inner.count)].apply(to: &image) }
  }
}
