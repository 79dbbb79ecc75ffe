/// A value without a place: what resolved specs are written from.
package indirect enum SpecTree: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([SpecTree])
  case map([(key: String, value: SpecTree)])

  /// Maps are equal only with their keys in the same order.
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): a == b
    case (.map(let a), .map(let b)): a.elementsEqual(b, by: ==)
    default: false
    }
  }

  /// Compact JSON, keys in the order of the tree.
  package var json: String { json(sortingKeys: false) }

  /// Compact JSON with sorted keys: the same text for the same values, to be hashed.
  package var canonicalJSON: String { json(sortingKeys: true) }

  private func json(sortingKeys: Bool) -> String {
    switch self {
    case .null: return "null"
    case .bool(let value): return String(value)
    case .integer(let value): return String(value)
    case .number(let value): return value.isFinite ? value.shortest : "null"
    case .string(let value): return value.jsonQuoted
    case .list(let items):
      return "[" + items.map { $0.json(sortingKeys: sortingKeys) }.joined(separator: ",") + "]"
    case .map(let entries):
      let ordered = sortingKeys ? entries.sorted { $0.key < $1.key } : entries
      let members = ordered.map {
        "\($0.key.jsonQuoted):\($0.value.json(sortingKeys: sortingKeys))"
      }
      return "{" + members.joined(separator: ",") + "}"
    }
  }
}

extension Double {
  /// The shortest text that reads back as this value. It always has a point, without which YAML
  /// 1.1 readers take `1e-07` for a text.
  var shortest: String {
    guard isFinite else { return isNaN ? ".nan" : self < 0 ? "-.inf" : ".inf" }
    let text = description
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
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
      case ..<" ":
        let code = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
