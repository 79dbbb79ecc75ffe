import Diagnostics
import Documents

/// A height and a width, written as one whole number for both or as `[height, width]`.
package struct Pair: SpecValue, Hashable, ExpressibleByIntegerLiteral {
  /// The number of rows.
  package var height: Int
  /// The number of columns.
  package var width: Int

  /// A pair of its members.
  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// The same height and width.
  package init(integerLiteral side: Int) { self.init(height: side, width: side) }

  package static var schema: Schema {
    .described(
      "a whole number or [height, width]",
      .alternatives([.wholeNumber(), .list(.wholeNumber(), .count(2...2))]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Pair? {
    if case .scalar(let text, isPlain: true) = node.kind, let side = Int(text) {
      return Pair(height: side, width: side)
    }
    guard node.items.count == 2 else {
      reportWrongType(
        node, &diagnostics, hint: node.quotesHint { Int($0) != nil } ?? tupleHint(node.text ?? ""))
      return nil
    }
    let sides = node.items.compactMap { Int.decode($0, &diagnostics) }
    return sides.count == 2 ? Pair(height: sides[0], width: sides[1]) : nil
  }

  /// For pairs in the notations of others: `(3, 3)`, `3x3`.
  private static func tupleHint(_ text: String) -> String? {
    let numbers = text.split { !$0.isWholeNumber }.compactMap { Int($0) }
    guard let first = numbers.first, text.contains(where: { "(x×,".contains($0) }) else {
      return nil
    }
    return numbers.count == 2 && numbers[1] != first
      ? "write [\(first), \(numbers[1])]" : "write \(first), or [height, width]"
  }

  /// One number where both are equal.
  package var tree: PlainValue {
    height == width ? .integer(height) : .list([.integer(height), .integer(width)])
  }
}
