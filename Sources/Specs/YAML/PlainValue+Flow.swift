import Documents

extension PlainValue {
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
  /// True if this is the same text in YAML, unquoted, inside of `{}` and `[]`.
  fileprivate var isPlainInFlow: Bool {
    readsAsText
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "_-./0123456789".unicodeScalars.contains($0)
      }
  }
}
