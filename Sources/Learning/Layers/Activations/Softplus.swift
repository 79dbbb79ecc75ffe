import Specs
import Tensors

/// log(1 + eˣ).
package struct Softplus: LayerSpec {
  package static let type = "softplus"
  package static let summary = "log(1 + exp(x)) of each value."
  package static let source: String? = "Dugas et al. 2001; Keras's softplus"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.softplus), layer: name, input: input)
  }
}
