import Specs
import Tensors

/// Makes each image a vector, in the order height, width, channels.
package struct Flatten: LayerSpec {
  package static let type = "flatten"
  package static let summary = "Makes each image a vector."
  package static let source: String? = "Keras's Flatten"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.flatten, layer: name, input: input)
  }
}
