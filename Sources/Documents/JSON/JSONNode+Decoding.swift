extension JSONNode {
  /// The value that was encoded into this one as `PlainValue(encoding:)` does; numbers come back as they were.
  ///
  /// Throws a `JSONError` if this is something else, or what the value's own `init` throws.
  package func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
    if let type = type as? any JSONReadable.Type, let value = try type.init(json: self) as? Value {
      return value
    }
    do {
      return try Value(from: JSONNodeDecoder(node: self))
    } catch let error as DecodingError {
      // Such as a name that an enumeration does not have.
      if case .dataCorrupted = error { throw self.error("cannot be '\(text)'") }
      throw wrongType
    }
  }
}

/// The value that is written in a JSON text. Throws as `JSONNode.decoded` does.
extension Decodable {
  package init(json text: String) throws {
    self = try JSONDocument(Array(text.utf8)).root.decoded()
  }
}

/// Hands out the values of a JSON document.
struct JSONNodeDecoder: Decoder {
  let node: JSONNode
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard node.document.tokens[node.index].kind == .object else { throw node.wrongType }
    return KeyedDecodingContainer(KeyedContainer(node: node))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    ListContainer(items: try node.items)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { ValueContainer(node: node) }
}

private struct ValueContainer: SingleValueDecodingContainer {
  let node: JSONNode
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { node.isNull }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try node.decoded() }
}

private struct KeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let node: JSONNode
  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    ((try? node.members) ?? []).compactMap { Key(stringValue: $0.key) }
  }

  func contains(_ key: Key) -> Bool { ((try? node.value(at: key.stringValue)) ?? nil) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try node.value(at: key.stringValue) == nil }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try value(at: key).decoded()
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(for: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(for: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    JSONNodeDecoder(node: try node.requiredValue(at: "super"))
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(for: key) }

  private func value(at key: Key) throws -> JSONNode {
    try node.requiredValue(at: key.stringValue)
  }

  private func decoder(for key: Key) throws -> JSONNodeDecoder {
    JSONNodeDecoder(node: try value(at: key))
  }
}

private struct ListContainer: UnkeyedDecodingContainer {
  let items: [JSONNode]
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }

  init(items: [JSONNode]) { self.items = items }

  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next().decoded()
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try JSONNodeDecoder(node: next()).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try JSONNodeDecoder(node: next()).unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { JSONNodeDecoder(node: try next()) }

  private mutating func next() throws -> JSONNode {
    guard !isAtEnd else { throw JSONError(reason: "a list has too few items") }
    defer { currentIndex += 1 }
    return items[currentIndex]
  }
}
