extension PlainValue {
  /// `value` as it encodes itself, keys in the order in which it does.
  ///
  /// (Foundation's encoder knows only the alphabet's order, or none.)
  package init(encoding value: some Encodable) throws {
    let encoder = PlainValueEncoder(codingPath: [])
    try value.encode(to: encoder)
    self = encoder.node.value
  }
}

/// A value that is still being encoded: a leaf, a list or an object. Containers share it, hence a
/// class.
private final class Node {
  var leaf = PlainValue.null
  var items: [Node]?
  var members: [(key: String, node: Node)]?

  var value: PlainValue {
    if let items { return .list(items.map(\.value)) }
    if let members { return .map(members.map { ($0.key, $0.node.value) }) }
    return leaf
  }

  func append() -> Node {
    let node = Node()
    items?.append(node)
    return node
  }

  func append(_ key: String) -> Node {
    let node = Node()
    members?.append((key, node))
    return node
  }
}

private struct PlainValueEncoder: Encoder {
  var node = Node()
  var codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if node.members == nil { node.members = [] }
    return KeyedEncodingContainer(KeyedContainer(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.items = []
    return ListContainer(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    ValueContainer(node: node, codingPath: codingPath)
  }
}

private struct ValueContainer: SingleValueEncodingContainer {
  let node: Node
  let codingPath: [any CodingKey]

  func encodeNil() { node.leaf = .null }

  func encode<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let value as Bool: node.leaf = .bool(value)
    case let value as String: node.leaf = .string(value)
    case let value as Double: node.leaf = .number(value)
    // The shortest decimal of a Float, not of the Double of the same value.
    case let value as Float: node.leaf = .number(Double(value.description) ?? Double(value))
    case let value as any BinaryInteger:
      guard let number = Int(exactly: value) else {
        throw EncodingError.invalidValue(
          value, .init(codingPath: codingPath, debugDescription: "beyond 64 bits with a sign"))
      }
      node.leaf = .integer(number)
    default: try value.encode(to: PlainValueEncoder(node: node, codingPath: codingPath))
    }
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: Node
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { _ = node.append(key.stringValue) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try ValueContainer(node: node.append(key.stringValue), codingPath: codingPath + [key])
      .encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder(for: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(for: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    PlainValueEncoder(node: node.append("super"), codingPath: codingPath)
  }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: Key) -> PlainValueEncoder {
    PlainValueEncoder(node: node.append(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct ListContainer: UnkeyedEncodingContainer {
  let node: Node
  let codingPath: [any CodingKey]
  var count: Int { node.items?.count ?? 0 }

  func encodeNil() { _ = node.append() }

  func encode<Value: Encodable>(_ value: Value) throws {
    try ValueContainer(node: node.append(), codingPath: codingPath).encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    encoder.container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }

  func superEncoder() -> any Encoder { encoder }

  private var encoder: PlainValueEncoder {
    PlainValueEncoder(node: node.append(), codingPath: codingPath)
  }
}
