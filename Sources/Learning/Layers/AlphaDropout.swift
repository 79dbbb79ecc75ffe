import Specs
import Tensors

/// Dropout for networks of scaled ELUs.
package struct AlphaDropout: LayerSpec {
  package static let type = "alpha_dropout"
  package static let summary = "Dropout that keeps mean 0 and variance 1, for use after 'selu'."
  package static let source: String? = "Klambauer et al. 2017; Keras's AlphaDropout"

  @Field(
    "Share of the values that become the one to which 'selu' falls.", example: "0.1", .range(0..<1))
  package var rate: Double

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.alphaDropout(rate: Float(rate)), layer: name, input: input)
  }
}
