import Diagnostics
import Documents

/// A map with keys of the user's choice, whose values are not read yet.
package struct AnyMap: SpecValue, ExpressibleByDictionaryLiteral {
  package let entries: [Node.Entry]

  package init(dictionaryLiteral elements: (Never, Never)...) { entries = [] }

  private init(_ entries: [Node.Entry]) { self.entries = entries }

  package static var schema: Schema {
    .described("a map of names and values", .map(others: .anything))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> AnyMap? {
    guard case .map(let entries) = node.kind else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    return AnyMap(entries)
  }

  /// True if '${…}' can name each key.
  var hasReachableNames: Bool {
    entries.allSatisfy { entry in
      let name = entry.key.text ?? ""
      return !name.isEmpty && !("0"..."9").contains(name.prefix(1))
        && name.allSatisfy { $0.isLetter || ("0"..."9").contains($0) || $0 == "_" }
    }
  }

  package var tree: PlainValue { .map(entries.map { ($0.key.text ?? "", $0.value.tree) }) }
}

extension Check where Value == AnyMap {
  /// A check that '${…}' can refer to each key.
  package static var reachableNames: Self {
    Check(reachableNamesRule) { $0.hasReachableNames }
  }
}

extension Check where Value == AnyMap? {
  /// A check that '${…}' can refer to each key.
  package static var reachableNames: Self {
    Check(reachableNamesRule) { $0?.hasReachableNames ?? true }
  }
}

private let reachableNamesRule = "must have names of letters, digits and '_' for '${…}'"
