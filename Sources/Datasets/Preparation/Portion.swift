import Diagnostics
import Documents
import Specs

/// A number of images, or a fraction of all.
package struct Portion: SpecValue {
  private enum Amount {
    case count(Int)
    case fraction(Double)
  }

  private let amount: Amount

  /// The node that it was read from, for the locations of later errors; nil if made by code.
  package let node: Node?

  private init(_ amount: Amount, at node: Node?) {
    self.amount = amount
    self.node = node
  }

  /// `count` images.
  package init(count: Int) { self.init(.count(count), at: nil) }

  /// The number of images out of `total`. A fraction is rounded, but to no less than 1.
  package func count(of total: Int) -> Int {
    switch amount {
    case .count(let count): count
    case .fraction(let fraction): max(1, Int((fraction * Double(total)).rounded()))
    }
  }

  package static var schema: Schema {
    .described(
      "a number of images or a fraction between 0 and 1",
      .alternatives([
        .wholeNumber([("minimum", .integer(0))]),
        .number([("exclusiveMinimum", .integer(0)), ("exclusiveMaximum", .integer(1))]),
      ]))
  }

  /// The portion in `node`: a whole number from 0 counts images, a number between 0 and 1 is a fraction. Nil if it is
  /// neither.
  init?(_ node: Node) {
    var unreported = Diagnostics()
    if let count = Int.decode(node, &unreported), count >= 0 {
      self.init(.count(count), at: node)
    } else if let part = Double.decode(node, &unreported), part > 0, part < 1 {
      self.init(.fraction(part), at: node)
    } else {
      return nil
    }
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Portion? {
    if let portion = Portion(node) { return portion }
    // A value that is neither gets one diagnostic, which names both.
    reportWrongType(node, &diagnostics, hint: node.percentHint)
    return nil
  }

  package var tree: PlainValue {
    switch amount {
    case .count(let count): .integer(count)
    case .fraction(let fraction): .number(fraction)
    }
  }
}

extension Portion: ExpressibleByIntegerLiteral {
  package init(integerLiteral count: Int) { self.init(count: count) }
}
