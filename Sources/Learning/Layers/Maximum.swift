import Specs
import Tensors

/// The largest of its inputs, value by value, which all have one shape.
package struct Maximum: LayerSpec, MergingLayer {
  package static let type = "maximum"
  package static let summary = "The largest of its inputs, value by value."
  package static let source: String? = "Keras's Maximum"

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.maximum), layer: name, inputs: inputs)
  }
}
