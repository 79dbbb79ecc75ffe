import Specs
import Tensors

/// The same values in another shape, in the order height, width, channels.
package struct Reshape: LayerSpec {
  package static let type = "reshape"
  package static let summary = "The same values as an image, or a vector, of another shape."
  package static let source: String? = "Keras's Reshape"
  package static let otherNames = ["view"]

  @Field(
    "[height, width, channels], or [values] for a vector; -1 for the one that follows from the rest.",
    example: "[14, 14, 4]",
    .lengths)
  package var targetShape: [Int]

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let shape = graph.nodes[input].shape
    let known = targetShape.filter { $0 != -1 }.reduce(1, *)
    let lengths = targetShape.map { $0 == -1 ? shape.elementCount / known : $0 }
    guard lengths.reduce(1, *) == shape.elementCount else {
      let wanted = targetShape.map { $0 == -1 ? "?" : String($0) }.joined(separator: "×")
      throw LayerError(
        "\(shape) has \(shape.elementCount) values, which do not make \(wanted)",
        hint: "the product of 'target_shape' must be \(shape.elementCount)")
    }
    let target =
      lengths.count == 1
      ? ImageShape(flat: lengths[0])
      : ImageShape(height: lengths[0], width: lengths[1], channels: lengths[2])
    return graph.append(.reshape(target), layer: name, input: input)
  }
}

extension Check where Value == [Int] {
  fileprivate static var lengths: Self {
    Check(
      "must be 1 or 3 numbers from 1 to 1000000, one of them -1 at most",
      bounds: [("minimum", .integer(-1)), ("maximum", .integer(1_000_000))]
        + Schema.Bounds.count(1...3)
    ) { lengths in
      [1, 3].contains(lengths.count) && lengths.allSatisfy { $0 == -1 || 1...1_000_000 ~= $0 }
        && lengths.count { $0 == -1 } <= 1
    }
  }
}
