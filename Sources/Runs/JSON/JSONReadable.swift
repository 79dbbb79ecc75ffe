/// What can be read from JSON, as `JSONValue(encoding:)` wrote it.
protocol JSONReadable {
  init(json: JSONNode) throws
}

extension JSONNode {
  /// The members of this object, by the keys that it was encoded with.
  func object<Key: CodingKey>(_ keys: Key.Type) -> JSONObject<Key> { JSONObject(node: self) }
}

/// An object of a JSON document, whose members are asked for by `Key`.
struct JSONObject<Key: CodingKey> {
  let node: JSONNode

  /// The value at `key`, which has to be there.
  func callAsFunction<Value: JSONReadable>(_ key: Key) throws -> Value {
    try Value(json: node.requiredValue(at: key.stringValue))
  }

  /// The value at `key`, which has to be there, shared with all that have the same text there.
  func callAsFunction<Value: JSONReadable>(_ key: Key, in known: SharedValues<Value>) throws
    -> Value
  {
    let node = try node.requiredValue(at: key.stringValue)
    return try node.document.text(at: node.index).withUnsafeBytes { text in
      try known.value(of: text) { try Value(json: node) }
    }
  }

  /// The number at `key`, which has to be there, and to be 0 or more.
  func callAsFunction<Value: JSONReadable & Numeric & Comparable>(notNegative key: Key) throws
    -> Value
  {
    let node = try node.requiredValue(at: key.stringValue)
    let value = try Value(json: node)
    guard value >= 0 else { throw node.error("cannot be \(node.text)") }
    return value
  }

  /// The value at `key`, if there is one.
  func callAsFunction<Value: JSONReadable>(ifPresent key: Key) throws -> Value? {
    try node.value(at: key.stringValue).map(Value.init)
  }
}

extension Int: JSONReadable {
  init(json: JSONNode) throws { self = try json.integer }
}

extension Int32: JSONReadable {
  init(json: JSONNode) throws {
    guard let number = Int32(exactly: try json.integer) else { throw json.wrongType }
    self = number
  }
}

extension Double: JSONReadable {
  init(json: JSONNode) throws { self = try json.real }
}

extension Bool: JSONReadable {
  init(json: JSONNode) throws { self = try json.boolean }
}

extension String: JSONReadable {
  init(json: JSONNode) throws { self = try json.string }
}

extension Array: JSONReadable where Element: JSONReadable {
  init(json: JSONNode) throws { self = try json.items.map(Element.init) }
}
