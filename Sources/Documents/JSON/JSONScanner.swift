/// Checks a JSON text and finds its values.
package struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var isASCII = true
  private let tokens: UnsafeMutableBufferPointer<JSONToken>
  private var count = 0

  /// The deepest nesting, far beyond that of the program's files, which keeps hostile texts from overflowing the stack.
  private static let deepest = 96

  /// The values of the text in `bytes`, each followed by the values in it.
  package static func tokens(of bytes: [UInt8]) throws(JSONError) -> [JSONToken] {
    guard bytes.count < UInt32.max else { throw JSONError(reason: "it is too large") }
    // A value takes two bytes with the comma or bracket that ends it, save those that are never closed.
    let most = bytes.count / 2 + deepest + 1
    var failure: JSONError?
    let tokens = [JSONToken](unsafeUninitializedCapacity: most) { tokens, count in
      bytes.withUnsafeBufferPointer { bytes in
        var scanner = JSONScanner(bytes, tokens)
        do throws(JSONError) {
          try scanner.scan()
        } catch {
          failure = error
        }
        count = scanner.count
      }
    }
    if let failure { throw failure }
    return tokens
  }

  private init(
    _ bytes: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeMutableBufferPointer<JSONToken>
  ) {
    self.bytes = bytes
    self.tokens = tokens
  }

  private mutating func scan() throws(JSONError) {
    _ = try scanValue(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw .incomplete }
    guard isASCII || String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONError(reason: "it is not UTF-8 text")
    }
  }

  /// The byte that comes next; 0, which stands nowhere in JSON, at the end.
  private var next: UInt8 { position < bytes.count ? bytes[unchecked: position] : 0 }

  private mutating func skipSpace() {
    while true {
      switch next {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) throws(JSONError) {
    guard next == UInt8(ascii: byte) else { throw .incomplete }
    position += 1
  }

  /// Scans a value; returns true if it is a list or an object.
  private mutating func scanValue(depth: Int) throws(JSONError) -> Bool {
    skipSpace()
    switch next {
    case UInt8(ascii: "\""): try scanString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
    case UInt8(ascii: "["):
      try scanArray(depth: depth)
      return true
    case UInt8(ascii: "{"):
      try scanObject(depth: depth)
      return true
    case UInt8(ascii: "t"): try scan("true", .boolean)
    case UInt8(ascii: "f"): try scan("false", .boolean)
    case UInt8(ascii: "n"): try scan("null", .null)
    default: throw .incomplete
    }
    return false
  }

  private mutating func scanObject(depth: Int) throws(JSONError) {
    let object = try open(.object, depth: depth)
    skipSpace()
    if next != UInt8(ascii: "}") {
      while true {
        skipSpace()
        try scanString()
        skipSpace()
        try take(":")
        _ = try scanValue(depth: depth + 1)
        skipSpace()
        if next != UInt8(ascii: ",") { break }
        position += 1
      }
    }
    try take("}")
    tokens[object].close(to: position, next: count)
  }

  private mutating func scanArray(depth: Int) throws(JSONError) {
    let array = try open(.array, depth: depth)
    skipSpace()
    if next != UInt8(ascii: "]") {
      while true {
        if !scanCount(), try scanValue(depth: depth + 1) { tokens[array].hasCollections = true }
        skipSpace()
        if next != UInt8(ascii: ",") { break }
        position += 1
      }
    }
    try take("]")
    tokens[array].close(to: position, next: count)
  }

  /// Scans a number of digits only, the usual item of long lists; returns true if there is one.
  private mutating func scanCount() -> Bool {
    skipSpace()
    let start = position
    var end = position
    while end < bytes.count, bytes[unchecked: end] &- UInt8(ascii: "0") < 10 { end += 1 }
    guard end > start, end < bytes.count, end == start + 1 || next != UInt8(ascii: "0"),
      bytes[unchecked: end] == UInt8(ascii: ",") || bytes[unchecked: end] == UInt8(ascii: "]")
    else { return false }
    position = end
    add(.number, from: start)
    return true
  }

  private mutating func open(_ kind: JSONToken.Kind, depth: Int) throws(JSONError) -> Int {
    guard depth < Self.deepest else { throw JSONError(reason: "it is nested too deep") }
    append(JSONToken(kind, from: position))
    position += 1
    return count - 1
  }

  private mutating func add(_ kind: JSONToken.Kind, from start: Int) {
    var token = JSONToken(kind, from: start)
    token.close(to: position, next: count + 1)
    append(token)
  }

  private mutating func append(_ token: JSONToken) {
    precondition(count < tokens.count, "more values than a text can hold")
    tokens.initializeElement(at: count, to: token)
    count += 1
  }

  private mutating func scan(_ word: StaticString, _ kind: JSONToken.Kind) throws(JSONError) {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[index] else { throw .incomplete }
      position += 1
    }
    add(kind, from: start)
  }

  private mutating func scanString() throws(JSONError) {
    let start = position
    var kind = JSONToken.Kind.string
    var high: UInt8 = 0
    try take("\"")
    while next != UInt8(ascii: "\"") {
      let byte = next
      guard byte >= 0x20 else { throw .incomplete }
      high |= byte
      position += 1
      if byte == UInt8(ascii: "\\") {
        kind = .escapedString
        try scanEscape()
      }
    }
    position += 1
    if high >= 0x80 { isASCII = false }
    add(kind, from: start)
  }

  private mutating func scanEscape() throws(JSONError) {
    let letter = next
    position += 1
    switch letter {
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        guard Character(Unicode.Scalar(next)).isHexDigit else { throw .incomplete }
        position += 1
      }
    case _ where JSONNode.escapes[letter] != nil: break
    default: throw .incomplete
    }
  }

  private mutating func scanNumber() throws(JSONError) {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "0") { position += 1 } else { try scanDigits() }
    if next == UInt8(ascii: ".") {
      position += 1
      try scanDigits()
    }
    if next | 0x20 == UInt8(ascii: "e") {
      position += 1
      if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") { position += 1 }
      try scanDigits()
    }
    add(.number, from: start)
  }

  private mutating func scanDigits() throws(JSONError) {
    let start = position
    while next &- UInt8(ascii: "0") < 10 { position += 1 }
    guard position > start else { throw .incomplete }
  }
}

extension UnsafeBufferPointer {
  /// The element at `index`, which has to be one of its indices.
  fileprivate subscript(unchecked index: Int) -> Element { baseAddress.unsafelyUnwrapped[index] }
}
