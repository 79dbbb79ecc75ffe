import Specs

/// The section `model:`.
public struct ModelSpec: Spec {
  public static let type = "model"
  public static let summary = "The layers, from the images to the class probabilities."

  @Field(
    "The layers; each takes the result of the one before it, unless its 'inputs' say otherwise. "
      + "The model ends in the last.",
    example: "[flatten, {type: dense, units: 10, activation: softmax}]", .nonEmpty,
    .count(1...10_000))
  public var layers: [OneOf<LayerCatalog>]
  @Field(
    "Parameters to start from instead of drawing them: a safetensors file with every parameter of "
      + "the model, and no other. A relative path starts at the spec's own folder.")
  public var weights: WeightsFile?

  public init() {}
}
