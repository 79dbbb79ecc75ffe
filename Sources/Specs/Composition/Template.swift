import Documents

/// A text with `${…}`, split into its parts.
struct Template {
  enum Part {
    case text(String)
    /// The text between the braces, and its offset in Unicode scalars.
    case expression(Substring, at: Int)
  }

  let parts: [Part]

  /// True if `text` has a `${`, to be replaced or unescaped.
  static func isNeeded(for text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if previous == UInt8(ascii: "$"), byte == UInt8(ascii: "{") { return true }
      previous = byte
    }
    return false
  }

  /// Splits `text`. `$${` is the text `${`.
  init(_ text: String) throws(ExpressionError) {
    var (parts, literal, rest) = ([Part](), "", text[...])
    func offset(of index: Substring.Index) -> Int {
      text.unicodeScalars.distance(from: text.startIndex, to: index)
    }
    while let dollar = rest.firstIndex(of: "$") {
      literal += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        literal += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let end = rest.firstIndex(of: "}") else {
          throw ExpressionError(message: "this '${' is never closed", offset: offset(of: dollar))
        }
        let start = rest.index(dollar, offsetBy: 2)
        if !literal.isEmpty { parts.append(.text(literal)) }
        parts.append(.expression(rest[start..<end], at: offset(of: start)))
        literal = ""
        rest = rest[rest.index(after: end)...]
      } else {
        literal += "$"
        rest = rest.dropFirst()
      }
    }
    literal += rest
    if !literal.isEmpty { parts.append(.text(literal)) }
    self.parts = parts
  }
}

extension PlainValue {
  /// This tree with every `${` escaped, so that a reader does not replace it.
  package var withoutReferences: PlainValue {
    switch self {
    case .string(let text): .string(text.replacing("${", with: "$${"))
    case .list(let items): .list(items.map(\.withoutReferences))
    case .map(let entries): .map(entries.map { ($0.key, $0.value.withoutReferences) })
    default: self
    }
  }
}
