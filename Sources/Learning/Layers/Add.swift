import Specs
import Tensors

/// The sum of its inputs, value by value. One number for each channel, as a vector or a 1×1 image, is repeated for all
/// pixels of the others.
package struct Add: LayerSpec, MergingLayer {
  package static let type = "add"
  package static let summary =
    "The sum of its inputs, value by value; one number for each channel is repeated."
  package static let source: String? = "Keras's Add"
  package static let otherNames = ["sum"]

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    let operands = try repeatedForPixels(&graph, name, inputs)
    return graph.append(.combination(.add), layer: name, inputs: operands)
  }
}
