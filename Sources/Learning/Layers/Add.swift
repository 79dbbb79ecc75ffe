import Specs
import Tensors

/// The sum of its inputs, value by value, which all have one shape.
package struct Add: LayerSpec, MergingLayer {
  package static let type = "add"
  package static let summary = "The sum of its inputs, value by value."
  package static let source: String? = "Keras's Add"
  package static let otherNames = ["sum"]

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.add), layer: name, inputs: inputs)
  }
}
