/// A JSON document whose objects keep the order in which they were written.
package indirect enum JSONValue: Hashable, Sendable {
  /// Nothing.
  case null
  /// True or false.
  case boolean(Bool)
  /// A number as it stands in the text, so that nothing is rounded.
  case number(String)
  /// A text, without quotes and escapes.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Values under keys.
  case object([Member])

  /// One key of an object with its value.
  package struct Member: Hashable, Sendable {
    /// Unique in its object.
    package let key: String
    /// Any JSON.
    package let value: JSONValue

    /// `value` under `key`.
    package init(_ key: String, _ value: JSONValue) { (self.key, self.value) = (key, value) }
  }

  /// An integer.
  package static func integer(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

  /// The shortest decimal that reads back as `value`. JSON has no numbers for infinity and NaN:
  /// they become the strings `inf`, `-inf` and `nan`.
  package static func real(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> JSONValue
  {
    value.isFinite ? .number(value.description) : .string(value.description)
  }

  /// The value at a key such as `test.f1_macro`; items of a list are numbered from 0.
  package subscript(path path: String) -> JSONValue? {
    path.split(separator: ".", omittingEmptySubsequences: false).reduce(self) { value, key in
      switch value {
      case .object(let members): members.first { $0.key == key }?.value
      case .array(let items): Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil }
      default: nil
      }
    }
  }
}

extension JSONValue {
  /// This value as indented text that ends with a line break.
  ///
  /// Lists of plain values, and whatever else fits, stand on one line: a confusion matrix looks like
  /// one. The document's own object has a line for each key.
  package var text: String { text(indent: 0) + "\n" }

  private func text(indent: Int) -> String {
    let compact = compactText
    let isDocument = indent == 0 && compact.hasPrefix("{")
    if isPlainList || !isDocument && indent + compact.count <= 96 { return compact }
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .array(let items) where !items.isEmpty:
      return "[\n"
        + items.map { margin + $0.text(indent: indent + 2) }.joined(separator: ",\n") + end + "]"
    case .object(let members) where !members.isEmpty:
      return "{\n"
        + members.map { margin + Self.quoted($0.key) + ": " + $0.value.text(indent: indent + 2) }
        .joined(separator: ",\n") + end + "}"
    default: return compact
    }
  }

  private var compactText: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let text): text
    case .string(let text): Self.quoted(text)
    case .array(let items): "[" + items.map(\.compactText).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { Self.quoted($0.key) + ": " + $0.value.compactText }
        .joined(separator: ", ") + "}"
    }
  }

  private var isPlainList: Bool {
    guard case .array(let items) = self else { return false }
    return items.allSatisfy { item in
      switch item {
      case .array, .object: false
      default: true
      }
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
