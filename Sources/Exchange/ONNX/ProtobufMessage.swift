/// A message in Protocol Buffers' wire format, written field by field: as much of it as ONNX needs.
///
/// Source: https://protobuf.dev/programming-guides/encoding
package struct ProtobufMessage {
  package private(set) var bytes: [UInt8] = []

  /// An empty message.
  package init() {}

  /// The way in which a field's value is written.
  private enum WireType: UInt64 {
    case varint = 0
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// Adds an integer; negative ones take ten bytes, as `int64` has them.
  package mutating func add(_ field: Int, _ value: Int) {
    begin(field, .varint)
    writeVarint(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a `float`.
  package mutating func add(_ field: Int, _ value: Float) {
    begin(field, .fixed32)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  /// Adds bytes.
  package mutating func add(_ field: Int, _ value: [UInt8]) {
    begin(field, .lengthDelimited)
    writeVarint(UInt64(value.count))
    bytes += value
  }

  /// Adds a text.
  package mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Adds a message.
  package mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, message.bytes) }

  private mutating func begin(_ field: Int, _ type: WireType) {
    writeVarint(UInt64(field) << 3 | type.rawValue)
  }

  /// Seven bits at a time, the lowest first; the eighth says that there are more.
  private mutating func writeVarint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
