import Exchange
import Testing

/// Bytes from the examples of https://protobuf.dev/programming-guides/encoding.
@Suite struct ProtobufMessageTests {
  @Test func `integers, texts, messages and floats are what the format's page says`() {
    var integer = ProtobufMessage()
    integer.add(1, 150)
    #expect(integer.bytes == [0x08, 0x96, 0x01])
    var text = ProtobufMessage()
    text.add(2, "testing")
    #expect(text.bytes == [0x12, 0x07] + Array("testing".utf8))
    var outer = ProtobufMessage()
    outer.add(3, integer)
    #expect(outer.bytes == [0x1A, 0x03, 0x08, 0x96, 0x01])
    var float = ProtobufMessage()
    float.add(5, Float(1.5))
    #expect(float.bytes == [0x2D, 0x00, 0x00, 0xC0, 0x3F])
  }

  @Test func `a negative integer takes ten bytes, and a field above 15 two for its key`() {
    var message = ProtobufMessage()
    message.add(20, -2)
    #expect(message.bytes == [0xA0, 0x01, 0xFE] + [UInt8](repeating: 0xFF, count: 8) + [0x01])
  }
}
