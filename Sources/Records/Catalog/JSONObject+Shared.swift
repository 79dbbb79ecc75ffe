import Documents
import Files

extension JSONObject {
  /// The value at `key`, which has to be there, shared with all that have the same text there.
  package func callAsFunction<Value: Decodable>(_ key: Key, in known: SharedValues<Value>) throws
    -> Value
  {
    let node = try node.requiredValue(at: key.stringValue)
    return try node.document.text(at: node.index).withUnsafeBytes { text in
      try known.value(of: text) { try node.decoded() }
    }
  }
}
