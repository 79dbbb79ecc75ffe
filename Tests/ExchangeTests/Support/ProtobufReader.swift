/// A message of Protocol Buffers as its fields, in their order.
struct ProtobufReader {
  enum Value: Equatable {
    case varint(Int)
    case fixed32(UInt32)
    case bytes([UInt8])
  }

  private(set) var fields: [(number: Int, value: Value)] = []

  /// Reads `bytes`; nil if they are no message.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let key = Self.varint(&rest) else { return nil }
      switch key & 7 {
      case 0:
        guard let value = Self.varint(&rest) else { return nil }
        fields.append((key >> 3, .varint(value)))
      case 2:
        guard let count = Self.varint(&rest), 0...rest.count ~= count else { return nil }
        fields.append((key >> 3, .bytes(Array(rest.prefix(count)))))
        rest = rest.dropFirst(count)
      case 5:
        guard rest.count >= 4 else { return nil }
        let value = rest.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        fields.append((key >> 3, .fixed32(value)))
        rest = rest.dropFirst(4)
      default: return nil
      }
    }
  }

  /// The messages in fields of that number.
  func messages(_ number: Int) -> [ProtobufReader] {
    bytes(number).compactMap { ProtobufReader($0) }
  }

  /// The texts in fields of that number.
  func texts(_ number: Int) -> [String] {
    bytes(number).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The integers in fields of that number.
  func integers(_ number: Int) -> [Int] {
    fields.compactMap {
      if $0.number == number, case .varint(let value) = $0.value { value } else { nil }
    }
  }

  private func bytes(_ number: Int) -> [[UInt8]] {
    fields.compactMap {
      if $0.number == number, case .bytes(let value) = $0.value { value } else { nil }
    }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var (value, shift) = (UInt64(0), UInt64(0))
    while let byte = rest.popFirst(), shift < 70 {
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return Int(Int64(bitPattern: value)) }
      shift += 7
    }
    return nil
  }
}
