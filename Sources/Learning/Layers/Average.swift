import Specs
import Tensors

/// The mean of its inputs, value by value, which all have one shape.
package struct Average: LayerSpec, MergingLayer {
  package static let type = "average"
  package static let summary = "The mean of its inputs, value by value."
  package static let source: String? = "Keras's Average"

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.average), layer: name, inputs: inputs)
  }
}
