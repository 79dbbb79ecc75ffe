/// A type that can be read from JSON, as `PlainValue(encoding:)` wrote it.
///
/// Types that are written as their members need no more than `Decodable`; this is for those that look different in JSON,
/// or are read thousands of times.
package protocol JSONReadable: Decodable {
  init(json: JSONNode) throws
}

extension JSONReadable {
  package init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? JSONNodeDecoder else {
      preconditionFailure("only JSON documents are decoded")
    }
    try self.init(json: decoder.node)
  }
}

extension JSONNode {
  /// The members of this object, by the keys that it was encoded with.
  package func object<Key: CodingKey>(_ keys: Key.Type) -> JSONObject<Key> {
    JSONObject(node: self)
  }
}

/// An object of a JSON document, whose members are read by `Key`.
package struct JSONObject<Key: CodingKey> {
  package let node: JSONNode

  /// The value at `key`. Throws if there is none.
  package func callAsFunction<Value: JSONReadable>(_ key: Key) throws -> Value {
    try Value(json: node.requiredValue(at: key.stringValue))
  }

  /// The number at `key`. Throws if there is none, or it is negative.
  package func callAsFunction<Value: JSONReadable & Numeric & Comparable>(notNegative key: Key)
    throws
    -> Value
  {
    let node = try node.requiredValue(at: key.stringValue)
    let value = try Value(json: node)
    guard value >= 0 else { throw node.error("cannot be \(node.text)") }
    return value
  }

  /// The value at `key`, which has to be there, and is written as its members.
  package func callAsFunction<Value: Decodable>(decoding key: Key) throws -> Value {
    try node.requiredValue(at: key.stringValue).decoded()
  }

  /// Likewise, if there is one.
  package func callAsFunction<Value: Decodable>(decodingIfPresent key: Key) throws -> Value? {
    try node.value(at: key.stringValue)?.decoded()
  }

  /// The value at `key`, if there is one.
  package func callAsFunction<Value: JSONReadable>(ifPresent key: Key) throws -> Value? {
    try node.value(at: key.stringValue).map(Value.init)
  }
}

extension Int: JSONReadable {
  package init(json: JSONNode) throws { self = try json.integer }
}

extension FixedWidthInteger {
  /// Reads a number that fits.
  fileprivate init(exactly json: JSONNode) throws {
    guard let number = Self(exactly: try json.integer) else { throw json.wrongType }
    self = number
  }
}

extension Int32: JSONReadable {
  package init(json: JSONNode) throws { try self.init(exactly: json) }
}

extension UInt8: JSONReadable {
  package init(json: JSONNode) throws { try self.init(exactly: json) }
}

extension Float: JSONReadable {
  package init(json: JSONNode) throws { self = Float(try json.real) }
}

extension Double: JSONReadable {
  package init(json: JSONNode) throws { self = try json.real }
}

extension Bool: JSONReadable {
  package init(json: JSONNode) throws { self = try json.boolean }
}

extension String: JSONReadable {
  package init(json: JSONNode) throws { self = try json.string }
}

extension Array: JSONReadable where Element: JSONReadable {
  package init(json: JSONNode) throws { self = try json.items.map(Element.init) }
}
