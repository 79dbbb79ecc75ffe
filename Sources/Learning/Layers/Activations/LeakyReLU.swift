import Specs
import Tensors

/// x where it is positive, else `negative_slope` · x.
public struct LeakyReLU: LayerSpec {
  public static let type = "leaky_relu"
  public static let summary = "Multiplies negative values with a slope."
  public static let source: String? = "Maas et al. 2013; Keras's LeakyReLU"

  @Field(
    "Factor for negative values; Keras takes 0.3 in the layer and 0.2 in the activation of this name.",
    example: "0.2",
    .atLeast(0))
  public var negativeSlope: Double

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.leakyReLU(slope: Float(negativeSlope))), layer: name, input: input)
  }
}
