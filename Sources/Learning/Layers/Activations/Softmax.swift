import Specs
import Tensors

/// The activation `softmax` as a layer of its own.
package struct Softmax: LayerSpec {
  package static let type = "softmax"
  package static let summary = "Makes each vector, or each pixel's channels, positive with sum 1."
  package static let source: String? = "Keras's Softmax"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.softmax), layer: name, input: input)
  }
}
