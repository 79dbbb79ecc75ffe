/// A value of a JSON document.
package struct JSONNode {
  package let document: JSONDocument
  package let index: Int

  private var token: JSONToken { document.tokens[index] }
  private var bytes: ArraySlice<UInt8> { document.bytes[token.range] }

  /// The characters of the one-letter escapes.
  package static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  /// An error that says why this value cannot be used: `'data.dataset' is null`.
  package func error(_ problem: String) -> JSONError {
    let path = document.path(to: index)
    return JSONError(reason: path.isEmpty ? "it \(problem)" : "'\(path)' \(problem)")
  }

  /// The error that the value has another type than required.
  package var wrongType: JSONError { error(isNull ? "is null" : "has the wrong type") }

  /// True if it is `null`.
  package var isNull: Bool { token.kind == .null }

  /// The value at `key` of this object; nil if there is none, or `null`.
  package func value(at key: String) throws(JSONError) -> JSONNode? {
    guard let member = try member(key) else { return nil }
    document.markRead(member.index)
    return member.isNull ? nil : member
  }

  /// The value at `key` of this object. Throws if there is none.
  package func requiredValue(at key: String) throws(JSONError) -> JSONNode {
    guard let member = try member(key) else {
      let path = document.path(to: index)
      throw JSONError(reason: "'\(path.isEmpty ? key : path + "." + key)' is missing")
    }
    document.markRead(member.index)
    return member
  }

  /// True if this object has a value at `key`, even `null`.
  package func hasValue(at key: String) throws(JSONError) -> Bool {
    guard let member = try member(key) else { return false }
    document.markRead(member.index)
    return true
  }

  private func member(_ key: String) throws(JSONError) -> JSONNode? {
    guard token.kind == .object else { throw wrongType }
    var (key, found) = (key, Int?.none)
    key.withUTF8 { wanted in
      var current = index + 1
      while current < token.end, found == nil {
        let range = document.tokens[current].range
        if range.count == wanted.count + 2,
          document.bytes[(range.lowerBound + 1)..<(range.upperBound - 1)].elementsEqual(wanted)
        {
          found = current + 1
        }
        current = document.tokens[current + 1].end
      }
    }
    return found.map { JSONNode(document: document, index: $0) }
  }

  /// The keys of this object with their values.
  package var members: [(key: String, value: JSONNode)] {
    get throws(JSONError) {
      guard token.kind == .object else { throw wrongType }
      var (members, current) = ([(key: String, value: JSONNode)](), index + 1)
      while current < token.end {
        let value = JSONNode(document: document, index: current + 1)
        members.append((JSONNode(document: document, index: current).text, value))
        current = document.tokens[current + 1].end
      }
      return members
    }
  }

  /// The items of this list.
  package var items: [JSONNode] {
    get throws(JSONError) {
      guard token.kind == .array else { throw wrongType }
      var (items, current) = ([JSONNode](), index + 1)
      while current < token.end {
        items.append(JSONNode(document: document, index: current))
        current = document.tokens[current].end
      }
      return items
    }
  }

  /// A number without fraction.
  package var integer: Int {
    get throws(JSONError) {
      guard token.kind == .number, let value = document.integer(at: index) else { throw wrongType }
      guard value.magnitude <= Self.largestInteger else { throw error("is too large") }
      return value
    }
  }

  /// The largest magnitude of a whole number, so that no sum over a file can overflow.
  package static let largestInteger = 1_000_000_000_000_000

  /// Adds the numbers in this list to `integers`.
  package func appendIntegers(to integers: inout [Int]) throws(JSONError) {
    guard token.kind == .array else { throw wrongType }
    // Without lists in it, the tokens of a list are its items.
    for item in (index + 1)..<token.end {
      guard document.tokens[item].kind == .number, let value = document.integer(at: item) else {
        throw JSONNode(document: document, index: item).wrongType
      }
      integers.append(value)
    }
  }

  /// A number, or one of the texts that stand for infinity and NaN.
  package var real: Double {
    get throws(JSONError) {
      switch token.kind {
      case .number:
        guard let value = Double(text), value.isFinite else { throw wrongType }
        return value
      case .string:
        guard let value = ["inf": .infinity, "-inf": -.infinity, "nan": Double.nan][text] else {
          throw wrongType
        }
        return value
      default: throw wrongType
      }
    }
  }

  /// True or false.
  package var boolean: Bool {
    get throws(JSONError) {
      guard token.kind == .boolean else { throw wrongType }
      return bytes.first == UInt8(ascii: "t")
    }
  }

  /// A text.
  package var string: String {
    get throws(JSONError) {
      guard token.kind == .string || token.kind == .escapedString else { throw wrongType }
      return text
    }
  }

  /// The value of a text or number, with escapes resolved.
  package var text: String {
    switch token.kind {
    case .string: String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
    case .escapedString: unescaped
    default: String(decoding: bytes, as: UTF8.self)
    }
  }

  private var unescaped: String {
    var units: [UInt16] = []
    var rest = bytes.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "\\") {
        // The bytes between escapes are UTF-8.
        let run = [byte] + rest.prefix { $0 != UInt8(ascii: "\\") }
        rest = rest.dropFirst(run.count - 1)
        units += String(decoding: run, as: UTF8.self).utf16
      } else if let letter = rest.popFirst(), let meant = Self.escapes[letter] {
        units.append(UInt16(meant))
      } else {
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
        rest = rest.dropFirst(4)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
