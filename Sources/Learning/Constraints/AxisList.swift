import Diagnostics
import Documents
import Specs

/// Axes of a parameter's shape, from 0: one number, or a list.
package struct AxisList: SpecValue, Hashable, ExpressibleByArrayLiteral {
  package let axes: [Int]

  package init(arrayLiteral axes: Int...) { self.axes = axes }

  private init(_ axes: [Int]) { self.axes = axes }

  package static var schema: Schema {
    let axis = Schema.wholeNumber([("minimum", .integer(0)), ("maximum", .integer(3))])
    return .described(
      "an axis such as 0, or a list such as [0, 1, 2]",
      .alternatives([
        axis, .list(axis, [("minItems", .integer(1)), ("uniqueItems", .bool(true))]),
      ]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    if case .list = node.kind { return [Int].decode(node, &diagnostics).map { Self($0) } }
    guard let axis = node.text.flatMap({ Int($0) }) else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    return [axis]
  }

  /// One number where there is one.
  package var tree: PlainValue {
    axes.count == 1 ? .integer(axes[0]) : .list(axes.map { .integer($0) })
  }
}
