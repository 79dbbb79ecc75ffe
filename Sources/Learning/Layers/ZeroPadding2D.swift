import Specs
import Tensors

/// Rows and columns of zeros around images.
package struct ZeroPadding2D: LayerSpec {
  package static let type = "zero_padding2d"
  package static let summary = "Adds rows and columns of zeros around images."
  package static let source: String? = "Keras's ZeroPadding2D"
  package static let otherNames = ["ZeroPad2d"]

  @Field(
    "Rows and columns on each side: one number, [rows, columns], or [[top, bottom], [left, right]].",
    .range(0...500))
  package var padding = Border(before: [1, 1], after: [1, 1])

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.append(
      .zeroPadding2D(before: padding.before, after: padding.after), layer: name, input: input)
  }
}
