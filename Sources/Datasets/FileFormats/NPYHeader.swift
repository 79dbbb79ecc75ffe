/// The header of an array in NumPy's file format, versions 1 to 3: the type of its elements, their order and its shape.
///
/// Source: NumPy enhancement proposal 1, 'A Simple File Format for NumPy Arrays'.
package struct NPYHeader: Equatable, Sendable {
  /// The type of elements as NumPy writes it: byte order, kind and size, such as `<i8`.
  let type: String
  /// True if the first index varies fastest in the file, not the last.
  let isFortranOrdered: Bool
  /// The length of each dimension.
  let shape: [Int]

  /// Reads the literal of a Python dictionary: `{'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), }`.
  /// Nil if it is not exactly that.
  init?(literal: [UInt8]) {
    var scanner = LiteralScanner(rest: literal[...])
    var (type, isFortranOrdered, shape): (String?, Bool?, [Int]?)
    guard scanner.skip("{") else { return nil }
    while !scanner.skip("}") {
      guard let key = scanner.string(), scanner.skip(":") else { return nil }
      switch key {
      case "descr" where type == nil: type = scanner.string() ?? scanner.list()
      case "fortran_order" where isFortranOrdered == nil: isFortranOrdered = scanner.truth()
      case "shape" where shape == nil: shape = scanner.tuple()
      default: return nil
      }
      guard scanner.skip(",") || scanner.isAt("}") else { return nil }
    }
    guard scanner.isAtEnd, let type, let isFortranOrdered, let shape else { return nil }
    self.type = type
    self.isFortranOrdered = isFortranOrdered
    self.shape = shape
  }
}

extension NPYHeader {
  /// The type by NumPy's name, such as `int64`.
  var typeName: String {
    let bits = size * 8
    return switch kind {
    case "u": "uint\(bits)"
    case "i": "int\(bits)"
    case "f": "float\(bits)"
    case "c": "complex\(bits)"
    case "b": "bool"
    case "U", "S": "text"
    case "O": "object"
    default: type
    }
  }

  /// `60000×28×28 uint8`, for messages.
  var summary: String {
    (shape.isEmpty ? "one number" : shape.map(String.init).joined(separator: "×")) + " \(typeName)"
  }

  /// `u` for unsigned, `i` for signed integers, `f` for floating point, `O` for pickled objects …
  var kind: Character { type.dropFirst().first ?? "?" }

  /// Bytes of an element; 0 if the type has no size. A letter of text takes four.
  var size: Int { min(Int(type.dropFirst(2)) ?? 0, 1 << 20) * (kind == "U" ? 4 : 1) }

  /// Whether an element's first byte is its highest.
  var isBigEndian: Bool { type.first == ">" }

  /// Number of elements; nil if it is beyond all bounds.
  var count: Int? {
    var count = 1
    for length in shape {
      let product = count.multipliedReportingOverflow(by: length)
      if product.overflow { return nil }
      count = product.partialValue
    }
    return count
  }
}

/// Takes a Python literal apart, as far as headers need it.
private struct LiteralScanner {
  var rest: ArraySlice<UInt8>

  /// Whether nothing but white space is left.
  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return rest.isEmpty
    }
  }

  mutating func isAt(_ text: String) -> Bool {
    skipSpace()
    return rest.starts(with: text.utf8)
  }

  /// Skips `text`; false if it is not there.
  mutating func skip(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  /// A string without escapes in quotes of either kind.
  mutating func string() -> String? {
    for quote in ["'", "\""] where skip(quote) {
      let end = quote.utf8.first
      let text = rest.prefix { $0 != end && $0 != UInt8(ascii: "\\") }
      rest = rest.dropFirst(text.count)
      guard skip(quote) else { return nil }
      return String(decoding: text, as: UTF8.self)
    }
    return nil
  }

  /// The fields of a structured type, which are not told apart.
  mutating func list() -> String? {
    guard isAt("["), let end = rest.lastIndex(of: UInt8(ascii: "]")) else { return nil }
    rest = rest[(end + 1)...]
    return "structured"
  }

  mutating func truth() -> Bool? { skip("True") ? true : skip("False") ? false : nil }

  mutating func tuple() -> [Int]? {
    guard skip("(") else { return nil }
    var numbers: [Int] = []
    while !skip(")") {
      skipSpace()
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      numbers.append(number)
      guard skip(",") || isAt(")") else { return nil }
    }
    return numbers
  }

  private mutating func skipSpace() {
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
  }
}
