import Diagnostics
import Documents

/// A map from names of the user's own to values of one type, in the order of the spec.
package struct NamedMap<Value: SpecValue>: SpecValue {
  /// One name and its value.
  package struct Entry: Sendable {
    /// The name, and where it stands.
    package let key: Node
    package let value: Value
    /// The place of the value.
    package let location: Location

    /// The name.
    package var name: String { key.text ?? "" }
  }

  package let entries: [Entry]

  package static var schema: Schema {
    .described("a map of names and values", .map(others: Value.schema))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> NamedMap? {
    guard case .map(let entries) = node.kind else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    let values = entries.compactMap { entry in
      Value.decode(entry.value, &diagnostics).map {
        Entry(key: entry.key, value: $0, location: entry.value.location)
      }
    }
    return values.count == entries.count ? NamedMap(entries: values) : nil
  }

  package var tree: PlainValue { .map(entries.map { ($0.name, $0.value.tree) }) }
}
