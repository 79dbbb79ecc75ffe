import Specs
import Tensors

/// scale · elu(x) with the alpha and scale that keep mean 0 and variance 1.
package struct SELU: LayerSpec {
  package static let type = "selu"
  package static let summary = "Scaled ELU, which keeps mean 0 and variance 1."
  package static let source: String? = "Klambauer et al. 2017; Keras's selu"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    let node = graph.append(
      .activation(.elu(alpha: 1.673_263_242_354_377_2)), layer: name, input: input)
    return graph.append(
      .rescaling(scale: 1.050_700_987_355_480_5, offset: 0), layer: name, input: node)
  }
}
