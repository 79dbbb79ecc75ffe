import Specs
import Tensors

/// scale · elu(x) with the alpha and scale that keep mean 0 and variance 1.
package struct SELU: LayerSpec {
  package static let type = "selu"
  package static let summary = "Scaled ELU, which keeps mean 0 and variance 1."
  package static let source: String? = "Klambauer et al. 2017; Keras's selu"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    Operation.selu.reduce(input) { graph.append($1, layer: name, input: $0) }
  }
}
