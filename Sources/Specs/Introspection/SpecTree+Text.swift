extension SpecTree {
  /// JSON for people: a line for each member and each item, but short lists of scalars on one line.
  public var indentedJSON: String { indentedJSON(indent: "") + "\n" }

  private func indentedJSON(indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .map(let entries) where !entries.isEmpty:
      let members = entries.map { key, value in
        "\(inner)\(SpecTree.string(key).json): \(value.indentedJSON(indent: inner))"
      }
      return "{\n" + members.joined(separator: ",\n") + "\n\(indent)}"
    case .list(let items) where !items.isEmpty:
      let line = "[" + items.map(\.json).joined(separator: ", ") + "]"
      if items.allSatisfy(\.isScalar), line.count + indent.count <= 100 { return line }
      return "[\n" + items.map { inner + $0.indentedJSON(indent: inner) }.joined(separator: ",\n")
        + "\n\(indent)]"
    case .number(let value): return Int(exactly: value).map(String.init) ?? json
    default: return json
    }
  }

  /// YAML on one line: `{type: dense, units: 10}`.
  public var flow: String {
    switch self {
    case .map(let entries): "{" + entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
    case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
    case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
    case .string(let text): text.isPlainInFlow ? text : json
    case .null, .bool, .integer: json
    }
  }
}

extension String {
  /// Whether this is the same text in YAML, unquoted, inside of `{}` and `[]`.
  fileprivate var isPlainInFlow: Bool {
    readsAsText && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "_-./0123456789".unicodeScalars.contains($0) }
  }
}
