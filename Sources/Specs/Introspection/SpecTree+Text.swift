extension SpecTree {
  /// JSON for people: a line for each member and each item, but short lists and maps on one line.
  package var indentedJSON: String { indentedJSON(indent: "") + "\n" }

  private func indentedJSON(indent: String) -> String {
    let inner = indent + "  "
    if let line, line.count + indent.count <= 100 { return line }
    switch self {
    case .map(let entries) where !entries.isEmpty:
      let members = entries.map { key, value in
        "\(inner)\(SpecTree.string(key).json): \(value.indentedJSON(indent: inner))"
      }
      return "{\n" + members.joined(separator: ",\n") + "\n\(indent)}"
    case .list(let items) where !items.isEmpty:
      return "[\n" + items.map { inner + $0.indentedJSON(indent: inner) }.joined(separator: ",\n")
        + "\n\(indent)]"
    default: return line ?? json
    }
  }

  /// JSON on one line; nil for what is too long anyway, so that it is not made again for each part of it.
  private var line: String? {
    switch self {
    case .map(let entries):
      guard entries.count < 8 else { return nil }
      let members = entries.compactMap { key, value in
        value.line.map { "\(SpecTree.string(key).json): \($0)" }
      }
      guard members.count == entries.count else { return nil }
      return "{" + members.joined(separator: ", ") + "}"
    case .list(let items):
      let parts = items.compactMap(\.line)
      guard parts.count == items.count else { return nil }
      return "[" + parts.joined(separator: ", ") + "]"
    case .number(let value): return Int(exactly: value).map { "\($0)" } ?? json
    default: return json
    }
  }

  /// YAML on one line: `{type: dense, units: 10}`.
  package var flow: String {
    switch self {
    case .map(let entries):
      "{" + entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
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
    readsAsText
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "_-./0123456789".unicodeScalars.contains($0)
      }
  }
}
