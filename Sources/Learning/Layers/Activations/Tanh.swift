import Specs
import Tensors

/// The activation `tanh` as a layer of its own.
package struct Tanh: LayerSpec {
  package static let type = "tanh"
  package static let summary = "Hyperbolic tangent of each value."
  package static let source: String? = "Keras's tanh"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.tanh), layer: name, input: input)
  }
}
