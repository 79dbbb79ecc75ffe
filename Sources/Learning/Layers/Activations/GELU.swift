import Specs
import Tensors

/// x · Φ(x), exact and not by tanh.
package struct GELU: LayerSpec {
  package static let type = "gelu"
  package static let summary = "Multiplies each value with a normal distribution's share below it."
  package static let source: String? = "Hendrycks and Gimpel 2016; Keras's gelu"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.gelu), layer: name, input: input)
  }
}
