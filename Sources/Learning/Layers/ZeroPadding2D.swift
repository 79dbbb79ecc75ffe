import Diagnostics
import Documents
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
    .border)
  package var padding = Border(before: [1, 1], after: [1, 1])

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.append(
      .zeroPadding2D(before: padding.before, after: padding.after), layer: name, input: input)
  }

  /// Rows and columns added: (top, left) before the image, and (bottom, right) after it.
  package struct Border: SpecValue {
    package var before: SIMD2<Int>
    package var after: SIMD2<Int>

    package static var schema: Schema {
      .described(
        "a whole number, [rows, columns] or [[top, bottom], [left, right]]",
        .alternatives([
          .wholeNumber(), .list(.wholeNumber(), .count(2...2)),
          .list(.list(.wholeNumber(), .count(2...2)), .count(2...2)),
        ]))
    }

    package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
      guard node.items.contains(where: { !$0.items.isEmpty }) else {
        return Pair.decode(node, &diagnostics).map { Self(before: $0.vector, after: $0.vector) }
      }
      guard node.items.count == 2, node.items.allSatisfy({ $0.items.count == 2 }) else {
        reportWrongType(node, &diagnostics)
        return nil
      }
      let sides = node.items.map { $0.items.compactMap { Int.decode($0, &diagnostics) } }
      guard sides.allSatisfy({ $0.count == 2 }) else { return nil }
      return Self(before: [sides[0][0], sides[1][0]], after: [sides[0][1], sides[1][1]])
    }

    package var tree: PlainValue {
      before == after
        ? Pair(height: before.x, width: before.y).tree
        : .list([
          .list([.integer(before.x), .integer(after.x)]),
          .list([.integer(before.y), .integer(after.y)]),
        ])
    }
  }
}

extension Check where Value == ZeroPadding2D.Border {
  fileprivate static var border: Self {
    Check(
      "must be from 0 to 500", bounds: [("minimum", .integer(0)), ("maximum", .integer(500))]
    ) { border in
      [border.before.x, border.before.y, border.after.x, border.after.y]
        .allSatisfy { 0...500 ~= $0 }
    }
  }
}
