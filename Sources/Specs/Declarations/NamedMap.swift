/// A map from names of the user's own to values of one type, in the order of the spec.
public struct NamedMap<Value: SpecValue>: SpecValue {
  /// One name and its value.
  public struct Entry: Sendable {
    /// The name, and where it stands.
    public let key: Node
    public let value: Value

    /// The name.
    public var name: String { key.text ?? "" }
  }

  public let entries: [Entry]

  public static var schema: Schema {
    .described("a map of names and values", .map(others: Value.schema))
  }

  public static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> NamedMap? {
    guard case .map(let entries) = node.kind else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    let values = entries.compactMap { entry in
      Value.decode(entry.value, &diagnostics).map { Entry(key: entry.key, value: $0) }
    }
    return values.count == entries.count ? NamedMap(entries: values) : nil
  }

  public var tree: SpecTree { .map(entries.map { ($0.name, $0.value.tree) }) }
}
