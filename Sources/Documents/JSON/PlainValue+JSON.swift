extension PlainValue {
  /// Compact JSON, keys in the order of the value.
  package var json: String { json(sortingKeys: false) }

  /// Compact JSON with sorted keys: the same text for the same values, to be hashed.
  package var canonicalJSON: String { json(sortingKeys: true) }

  private func json(sortingKeys: Bool) -> String {
    switch self {
    case .list(let items):
      return "[" + items.map { $0.json(sortingKeys: sortingKeys) }.joined(separator: ",") + "]"
    case .map(let entries):
      let ordered = sortingKeys ? entries.sorted { $0.key < $1.key } : entries
      let members = ordered.map {
        "\($0.key.jsonQuoted):\($0.value.json(sortingKeys: sortingKeys))"
      }
      return "{" + members.joined(separator: ",") + "}"
    default: return scalarJSON
    }
  }

  /// JSON for people, as indented text that ends with a line break.
  ///
  /// Lists of plain values, and whatever else fits, stand on one line: a confusion matrix looks like
  /// one. The document's own map has a line for each key.
  package var indentedJSON: String { indentedJSON(indent: 0) + "\n" }

  private func indentedJSON(indent: Int) -> String {
    let isDocument =
      if case .map(let entries) = self { indent == 0 && !entries.isEmpty } else { false }
    let room = isPlainList ? Int.max : isDocument ? -1 : 96 - indent
    if let line = line(upTo: room) { return line }
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .list(let items) where !items.isEmpty:
      return "[\n"
        + items.map { margin + $0.indentedJSON(indent: indent + 2) }.joined(separator: ",\n")
        + end + "]"
    case .map(let entries) where !entries.isEmpty:
      return "{\n"
        + entries.map {
          margin + $0.key.jsonQuoted + ": " + $0.value.indentedJSON(indent: indent + 2)
        }.joined(separator: ",\n") + end + "}"
    default: return json
    }
  }

  /// JSON on one line of at most `room` characters; nil if it is longer. It stops as soon as the line is too long.
  private func line(upTo room: Int) -> String? {
    guard room >= 0 else { return nil }
    switch self {
    case .list(let items):
      return Self.line("[", items.lazy.map { ("", $0) }, "]", upTo: room)
    case .map(let entries):
      return Self.line(
        "{", entries.lazy.map { ($0.key.jsonQuoted + ": ", $0.value) }, "}", upTo: room)
    default:
      let text = scalarJSON
      return text.count <= room ? text : nil
    }
  }

  private static func line(
    _ start: String, _ parts: some Sequence<(String, PlainValue)>, _ end: String, upTo room: Int
  ) -> String? {
    var line = start
    var left = room - 2
    for (key, value) in parts {
      let before = line.utf8.count == 1 ? key : ", " + key
      left -= before.count
      guard let text = value.line(upTo: left) else { return nil }
      left -= text.count
      line += before + text
    }
    return left >= 0 ? line + end : nil
  }

  private var isPlainList: Bool {
    guard case .list(let items) = self else { return false }
    return items.allSatisfy(\.isScalar)
  }

  /// True if this is neither a list nor a map.
  package var isScalar: Bool {
    switch self {
    case .list, .map: false
    default: true
    }
  }

  /// JSON has no numbers for infinity and NaN: they become the strings `inf`, `-inf` and `nan`.
  private var scalarJSON: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): value.isFinite ? value.shortest : "\"\(value)\""
    case .string(let value): value.jsonQuoted
    case .list, .map: preconditionFailure("these are no scalars")
    }
  }
}

extension String {
  fileprivate var jsonQuoted: String {
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      // Beyond what JSON asks for: characters that could steer a terminal, as they may come from anyone.
      case ..<" ", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        let code = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
