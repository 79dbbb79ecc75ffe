extension PlainValue {
  /// The value that was encoded into this one; numbers come back as they were.
  ///
  /// Throws a `DecodingError` if the value has another type.
  package func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
    try PlainValueDecoder(value: self, codingPath: []).decode(type)
  }

  /// The value of a JSON text. Throws a `JSONError` if the text is invalid.
  package init(json text: String) throws {
    self = try PlainValue(json: JSONDocument(Array(text.utf8)).root)
  }
}

private struct PlainValueDecoder: Decoder {
  let value: PlainValue
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .map(let entries) = value else { throw mismatch(type) }
    return KeyedDecodingContainer(KeyedContainer(entries: entries, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let items) = value else { throw mismatch([PlainValue].self) }
    return ListContainer(items: items, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { ValueContainer(decoder: self) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let found: Any? =
      switch type {
      case is Bool.Type: if case .bool(let value) = value { value } else { nil }
      case is String.Type: value.text
      case is Double.Type: real
      case is Float.Type: real.map { Float($0) }
      case let type as any BinaryInteger.Type:
        if case .integer(let number) = value { Self.exactly(number, as: type) } else { nil }
      default: try type.init(from: self)
      }
    guard let found = found as? Value else { throw mismatch(type) }
    return found
  }

  private static func exactly<Number: BinaryInteger>(
    _ number: Int, as type: Number.Type
  ) -> Number? {
    Number(exactly: number)
  }

  /// A number, or one of the texts that stand for infinity and NaN.
  private var real: Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    case .string("nan"): .nan
    default: nil
    }
  }

  func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "\(type) is wanted"))
  }
}

private struct ValueContainer: SingleValueDecodingContainer {
  let decoder: PlainValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value == .null }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}

private struct KeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let entries: [PlainValue.Entry]
  let codingPath: [any CodingKey]

  var allKeys: [Key] { entries.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { entries.contains { $0.key == key.stringValue } }

  func decodeNil(forKey key: Key) throws -> Bool { try decoder(for: key).value == .null }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder(for: key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(for: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(for: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder("super") }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(for: key) }

  private func decoder(for key: Key) throws -> PlainValueDecoder { try decoder(key.stringValue) }

  private func decoder(_ key: String) throws -> PlainValueDecoder {
    guard let entry = entries.first(where: { $0.key == key }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "'\(key)' is missing"))
    }
    return PlainValueDecoder(
      value: entry.value, codingPath: codingPath + [Key(stringValue: key)].compactMap(\.self))
  }
}

private struct ListContainer: UnkeyedDecodingContainer {
  let items: [PlainValue]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(items: [PlainValue], codingPath: [any CodingKey]) {
    self.items = items
    self.codingPath = codingPath
  }

  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next().decode(type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> PlainValueDecoder {
    guard !isAtEnd else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "the list has no more items"))
    }
    defer { currentIndex += 1 }
    return PlainValueDecoder(value: items[currentIndex], codingPath: codingPath)
  }
}
