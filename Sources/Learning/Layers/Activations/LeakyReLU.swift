import Specs
import Tensors

/// x where it is positive, else `negative_slope` · x.
package struct LeakyReLU: LayerSpec {
  package static let type = "leaky_relu"
  package static let summary = "Multiplies negative values with a slope."
  package static let source: String? = "Maas et al. 2013; Keras's LeakyReLU"

  @Field(
    "Factor for negative values; Keras takes 0.3 in the layer and 0.2 in the activation of this name.",
    example: "0.2",
    .atLeast(0))
  package var negativeSlope: Double

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.leakyReLU(slope: Float(negativeSlope))), layer: name, input: input)
  }
}
