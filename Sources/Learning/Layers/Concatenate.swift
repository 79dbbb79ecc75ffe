import Specs
import Tensors

/// The channels of its inputs one after another; of vectors, their values.
package struct Concatenate: LayerSpec, MergingLayer {
  package static let type = "concatenate"
  package static let summary = "The channels of its inputs, or the values of vectors, in a row."
  package static let source: String? = "Keras's Concatenate"
  package static let otherNames = ["concat", "cat"]

  package init() {}

  package func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    let shapes = inputs.map { graph.nodes[$0].shape }
    let first = shapes[0]
    guard shapes.allSatisfy({ $0.isFlat == first.isFlat }) else {
      throw LayerError(
        "'concatenate' joins images or vectors, not both, got \(shapes.text)",
        hint: "insert '- {type: flatten}' after the images")
    }
    guard shapes.allSatisfy({ $0.height == first.height && $0.width == first.width }) else {
      throw LayerError(
        "'concatenate' needs images of one height and width, got \(shapes.text)",
        hint: "use 'padding: same' and equal strides in all branches")
    }
    return graph.append(.concatenation, layer: name, inputs: inputs)
  }
}
