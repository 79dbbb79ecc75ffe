import Diagnostics
import Documents
import Specs
import Tensors

/// Rows and columns around an image: (top, left) before it, and (bottom, right) after it.
package struct Border: SpecValue, Bounded, Hashable {
  package var before: SIMD2<Int>
  package var after: SIMD2<Int>

  package var bounded: [Int] { [before.x, before.y, after.x, after.y] }

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

extension Window.Padding: SpecValue, Bounded {
  private static let names: [(name: String, value: Self)] = [("valid", .valid), ("same", .same)]

  package var bounded: [Int] {
    if case .explicit(let before, let after) = self {
      Border(before: before, after: after).bounded
    } else {
      []
    }
  }

  package static var schema: Schema {
    .described(
      "valid, same, a whole number, [rows, columns] or [[top, bottom], [left, right]]",
      .alternatives([.names(names.map(\.name)), Border.schema]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    if let named = names.first(where: { $0.name == node.text }) { return named.value }
    guard let text = node.text, Int(text) == nil || node.isNull else {
      return Border.decode(node, &diagnostics).map {
        .explicit(before: $0.before, after: $0.after)
      }
    }
    let near = node.isNull ? nil : Suggestions.nearest(to: text, among: names.map(\.name))
    reportWrongType(node, &diagnostics, hint: near.map { "did you mean '\($0)'?" })
    return nil
  }

  package var tree: PlainValue {
    switch self {
    case .valid: .string("valid")
    case .same: .string("same")
    case .explicit(let before, let after): Border(before: before, after: after).tree
    }
  }
}
