import Specs
import Tensors

/// The activation `relu` as a layer of its own.
package struct ReLU: LayerSpec {
  package static let type = "relu"
  package static let summary = "Sets negative values to zero."
  package static let source: String? = "Keras's ReLU"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.relu), layer: name, input: input)
  }
}
