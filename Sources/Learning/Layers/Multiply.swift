import Specs
import Tensors

/// The product of its inputs, value by value. One number for each channel, as a vector or a 1×1 image, is repeated for all
/// pixels of the others.
package struct Multiply: LayerSpec, MergingLayer {
  package static let type = "multiply"
  package static let summary =
    "The product of its inputs, value by value; one number for each channel is repeated."
  package static let source: String? = "Keras's Multiply"
  package static let otherNames = ["mul"]

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    let operands = try repeatedForPixels(&graph, name, inputs)
    return graph.append(.combination(.multiply), layer: name, inputs: operands)
  }
}
