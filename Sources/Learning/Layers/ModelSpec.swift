import Specs

/// The section `model:`.
public struct ModelSpec: Spec {
  public static let type = "model"
  public static let summary = "The layers, from the images to the class probabilities."

  @Field("The layers in order; each takes the result of the one before it.", .nonEmpty)
  public var layers: [OneOf<LayerCatalog>]

  public init() {}
}
