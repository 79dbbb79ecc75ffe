import Specs
import Tensors

/// The middle of images.
package struct Cropping2D: LayerSpec {
  package static let type = "cropping2d"
  package static let summary = "Takes rows and columns away at the border of images."
  package static let source: String? = "Keras's Cropping2D"

  @Field(
    "Rows and columns on each side: one number, [rows, columns], or [[top, bottom], [left, right]].",
    .range(0...500))
  package var cropping = Border(before: [0, 0], after: [0, 0])

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    let shape = graph.nodes[input].shape
    let taken = cropping.before &+ cropping.after
    guard taken.x < shape.height, taken.y < shape.width else {
      throw LayerError(
        "'\(Self.type)' takes away \(taken.x) rows and \(taken.y) columns, which leaves nothing of \(shape)",
        hint: "at least one row and one column must be left")
    }
    return graph.append(
      .cropping2D(before: cropping.before, after: cropping.after), layer: name, input: input)
  }
}
