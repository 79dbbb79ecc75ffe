import Specs
import Tensors

/// The product of its inputs, value by value, which all have one shape.
package struct Multiply: LayerSpec, MergingLayer {
  package static let type = "multiply"
  package static let summary = "The product of its inputs, value by value."
  package static let source: String? = "Keras's Multiply"
  package static let otherNames = ["mul"]

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.multiply), layer: name, inputs: inputs)
  }
}
