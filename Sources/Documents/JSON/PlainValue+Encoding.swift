extension PlainValue {
  /// `value` as it encodes itself, keys in the order in which it does.
  ///
  /// (Foundation's encoder knows only the alphabet's order, or none.)
  package init(encoding value: some Encodable) throws {
    let encoder = PlainValueEncoder(codingPath: [])
    try value.encode(to: encoder)
    self = encoder.draft.value
  }
}

/// A value that is still being encoded: a leaf, a list or an object. Containers share it, hence a
/// class.
private final class Draft {
  var leaf = PlainValue.null
  var items: [Draft]?
  var members: [(key: String, draft: Draft)]?

  var value: PlainValue {
    if let items { return .list(items.map(\.value)) }
    if let members { return .map(members.map { ($0.key, $0.draft.value) }) }
    return leaf
  }

  func append() -> Draft {
    let draft = Draft()
    items?.append(draft)
    return draft
  }

  func append(_ key: String) -> Draft {
    let draft = Draft()
    members?.append((key, draft))
    return draft
  }
}

private struct PlainValueEncoder: Encoder {
  var draft = Draft()
  var codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if draft.members == nil { draft.members = [] }
    return KeyedEncodingContainer(KeyedContainer(draft: draft, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    draft.items = []
    return ListContainer(draft: draft, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    ValueContainer(draft: draft, codingPath: codingPath)
  }
}

private struct ValueContainer: SingleValueEncodingContainer {
  let draft: Draft
  let codingPath: [any CodingKey]

  func encodeNil() { draft.leaf = .null }

  func encode<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let value as Bool: draft.leaf = .bool(value)
    case let value as String: draft.leaf = .string(value)
    case let value as Double: draft.leaf = .number(value)
    // The shortest decimal of a Float, not of the Double of the same value.
    case let value as Float: draft.leaf = .number(Double(value.description) ?? Double(value))
    case let value as any BinaryInteger:
      guard let number = Int(exactly: value) else {
        throw EncodingError.invalidValue(
          value, .init(codingPath: codingPath, debugDescription: "beyond 64 bits with a sign"))
      }
      draft.leaf = .integer(number)
    default: try value.encode(to: PlainValueEncoder(draft: draft, codingPath: codingPath))
    }
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let draft: Draft
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { _ = draft.append(key.stringValue) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try ValueContainer(draft: draft.append(key.stringValue), codingPath: codingPath + [key])
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
    PlainValueEncoder(draft: draft.append("super"), codingPath: codingPath)
  }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: Key) -> PlainValueEncoder {
    PlainValueEncoder(draft: draft.append(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct ListContainer: UnkeyedEncodingContainer {
  let draft: Draft
  let codingPath: [any CodingKey]
  var count: Int { draft.items?.count ?? 0 }

  func encodeNil() { _ = draft.append() }

  func encode<Value: Encodable>(_ value: Value) throws {
    try ValueContainer(draft: draft.append(), codingPath: codingPath).encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    encoder.container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }

  func superEncoder() -> any Encoder { encoder }

  private var encoder: PlainValueEncoder {
    PlainValueEncoder(draft: draft.append(), codingPath: codingPath)
  }
}
