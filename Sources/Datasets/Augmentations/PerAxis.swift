import Diagnostics
import Documents
import Specs

/// A number for height and width, or one for each: `2.5` or `[1, 2.5]`.
package struct PerAxis: SpecValue, Equatable, Bounded, ExpressibleByFloatLiteral {
  /// The number for the vertical axis.
  package let height: Double
  /// The number for the horizontal axis.
  package let width: Double
  /// True if it was given once for both.
  package let isShared: Bool

  /// One number for both axes.
  package init(_ both: Double) {
    height = both
    width = both
    isShared = true
  }

  /// A number for each axis.
  package init(height: Double, width: Double) {
    self.height = height
    self.width = width
    isShared = false
  }

  package init(floatLiteral both: Double) { self.init(both) }

  package var bounded: [Double] { [height, width] }

  package static var schema: Schema {
    .described(
      "a number or [height, width]",
      .alternatives([.number(), .list(.number(), .count(2...2))]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> PerAxis? {
    var unreported = Diagnostics()
    if let both = Double.decode(node, &unreported) { return PerAxis(both) }
    guard node.items.count == 2 else {
      reportWrongType(
        node, &diagnostics,
        hint: node.percentHint ?? node.quotesHint { Double($0) != nil }
          ?? (node.text?.hasPrefix("(") == true ? "write two numbers as [height, width]" : nil))
      return nil
    }
    let numbers = node.items.compactMap { Double.decode($0, &diagnostics) }
    return numbers.count == 2 ? PerAxis(height: numbers[0], width: numbers[1]) : nil
  }

  package var tree: PlainValue {
    isShared ? .number(height) : .list([.number(height), .number(width)])
  }
}
