/// A height and a width, written as one whole number for both or as `[height, width]`.
public struct Pair: SpecValue, Hashable, ExpressibleByIntegerLiteral {
  /// How many rows.
  public var height: Int
  /// How many columns.
  public var width: Int

  /// A pair of its members.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// The same height and width.
  public init(integerLiteral side: Int) { self.init(height: side, width: side) }

  public static var typeDescription: String { "a whole number or [height, width]" }

  public static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Pair? {
    if case .scalar(let text, isPlain: true) = node.kind, let side = Int(text) {
      return Pair(height: side, width: side)
    }
    guard node.items.count == 2 else {
      reportWrongType(node, &diagnostics, hint: node.quotesHint { Int($0) != nil })
      return nil
    }
    let sides = node.items.compactMap { Int.decode($0, &diagnostics) }
    return sides.count == 2 ? Pair(height: sides[0], width: sides[1]) : nil
  }

  /// One number where both are equal.
  public var tree: SpecTree {
    height == width ? .integer(height) : .list([.integer(height), .integer(width)])
  }
}
