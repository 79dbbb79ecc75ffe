import Foundation
import Tensors
import Testing

@Suite struct SafetensorsTests {
  private let example = NamedTensors([
    .init(
      name: "conv2d.kernel",
      tensor: Tensor(shape: [2, 1, 3], values: [1, -2, 3.5, 0, .leastNonzeroMagnitude, 6])),
    .init(name: "a/\"größe\"", tensor: Tensor(shape: [], values: [-.infinity])),
    .init(name: "empty", tensor: Tensor(shape: [3, 0], values: [])),
  ])

  /// A file with `header` in front of `count` zero bytes.
  private func file(_ header: String, bytes count: Int = 16) -> [UInt8] {
    let text = Array(header.utf8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
      + [UInt8](repeating: 0, count: count)
  }

  @Test func `tensors come back as they were written`() throws {
    let bytes = try Safetensors.encode(example, metadata: ["epoch": "3"])
    let decoded = try Safetensors.decode(bytes)
    for entry in example.entries { #expect(decoded[entry.name] == entry.tensor) }
    #expect(decoded.entries.count == example.entries.count)
    // What follows the header is aligned for readers that map it into memory.
    #expect(bytes[0] % 8 == 0)
    #expect(try Safetensors.encode(example, metadata: ["epoch": "3"]) == bytes)
  }

  @Test func `values that are no numbers keep their bits`() throws {
    let values = [Float(bitPattern: 0x7fc0_1234), -0.0, .greatestFiniteMagnitude]
    let tensors = NamedTensors([.init(name: "w", tensor: Tensor(shape: [3], values: values))])
    let decoded = try Safetensors.decode(try Safetensors.encode(tensors))
    #expect(decoded["w"]?.values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func `no tensors at all are a file too`() throws {
    #expect(try Safetensors.decode(try Safetensors.encode(NamedTensors())).entries.isEmpty)
  }

  @Test func `files of the Python package are read`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/example", withExtension: "safetensors"))
    let tensors = try Safetensors.decode([UInt8](try Data(contentsOf: url)))
    #expect(tensors.entries.count == 5)
    #expect(tensors["dense.kernel"]?.shape == [2, 3])
    #expect(tensors["dense.kernel"]?.values == [-1, -0.75, -0.5, -0.25, 0, 0.25])
    #expect(tensors["dense.bias"]?.values == [.infinity, -0.0, .leastNonzeroMagnitude])
    #expect(tensors["scalar"] == Tensor(shape: [], values: [2.5]))
    #expect(tensors["empty"] == Tensor(shape: [0, 4], values: []))
    #expect(tensors["größe \"1\""]?.values == [7])
  }

  @Test func `a file cut anywhere is refused`() throws {
    let bytes = try Safetensors.encode(example)
    for count in bytes.indices {
      #expect(throws: SafetensorsError.self, "\(count) bytes") {
        try Safetensors.decode(Array(bytes[..<count]))
      }
    }
  }

  @Test(arguments: [UInt64.max, UInt64(Int64.max), 1 << 63, 17])
  func `a header longer than the file is refused`(length: UInt64) {
    let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) }
    let error = #expect(throws: SafetensorsError.self) {
      try Safetensors.decode(bytes + [UInt8](repeating: 32, count: 16))
    }
    #expect(error?.description == "it is cut short, or in another format than safetensors")
  }

  @Test(
    arguments: [
      "", "[]", "{", "nonsense", "{\"w\": 1}", "{\"w\": []}", "{\"w\": null}", "{\"w\": {}} {}",
      "{\"w\": {\"dtype\": \"F32\"}}", "{\"w\": {\"dtype\": \"F32\", \"shape\": [2]}}",
      "{\"w\": {\"dtype\": 32, \"shape\": [2], \"data_offsets\": [0, 8]}}",
      "{\"w\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 6]}}",
      "{\"w\": {\"dtype\": \"F32\", \"shape\": [1e99], \"data_offsets\": [0, 8]}}",
      "{\"w\": {\"dtype\": \"F32\", \"shape\": 2, \"data_offsets\": [0, 8]}}",
      "{\"w\": {\"dtype\": \"F32\", \"shape\": [99999999999999999999], \"data_offsets\": [0, 8]}}",
      "{\"__metadata__\": {\"epoch\": 3}}", "{\"__metadata__\": 3}",
      String(repeating: "[", count: 100_000),
      String(repeating: "{\"w\":", count: 10_000),
    ])
  func `a header that is not what the format says is refused`(header: String) {
    let error = #expect(throws: SafetensorsError.self) { try Safetensors.decode(file(header)) }
    #expect(error?.description == "its header is not what the format says")
  }

  @Test func `a header that is no text is refused`() {
    #expect(throws: SafetensorsError.self) {
      try Safetensors.decode([4, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0xfe, 0x7d])
    }
  }

  private static let elsewhere = "'w' lies outside the file or has another size"
  /// No number of a header is so large.
  private static let tooLarge = "its header is not what the format says"
  private static let impossible = "'w' has an impossible shape"

  @Test(
    arguments: [
      ("[2]", "[0, 4]", elsewhere), ("[2]", "[12, 20]", elsewhere), ("[2]", "[8, 0]", elsewhere),
      ("[2]", "[-8, 0]", elsewhere), ("[2]", "[0]", elsewhere), ("[2]", "[]", elsewhere),
      ("[2]", "[0, 8, 16]", elsewhere), ("[4]", "[0, 9223372036854775807]", tooLarge),
      ("[2]", "[1, -9223372036854775808]", tooLarge),
      ("[2]", "[9223372036854775807, -9223372036854775808]", tooLarge),
      ("[2]", "[9223372036854775800, 9223372036854775807]", tooLarge),
      ("[-2]", "[0, 8]", impossible), ("[-1, -2]", "[0, 8]", impossible),
      ("[4294967296, 4294967296]", "[0, 8]", impossible),
      ("[4611686018427387904, 2]", "[0, 8]", tooLarge),
      ("[2305843009213693953]", "[0, 4]", tooLarge),
      ("[4611686018427387904, 2, 0]", "[0, 0]", tooLarge),
      ("[0, 4611686018427387904, 4]", "[0, 4]", tooLarge),
      ("[1000000000000000, 1000000000000000]", "[0, 8]", impossible),
    ])
  func `a tensor that cannot be there is refused`(shape: String, offsets: String, reason: String) {
    let header = "{\"w\": {\"dtype\": \"F32\", \"shape\": \(shape), \"data_offsets\": \(offsets)}}"
    let error = #expect(throws: SafetensorsError.self) { try Safetensors.decode(file(header)) }
    #expect(error?.description == reason)
  }

  @Test(arguments: [
    ("\"a\": [0, 8], \"b\": [8, 16]", nil),
    ("\"b\": [8, 16], \"a\": [0, 8]", nil),
    ("\"a\": [0, 8], \"b\": [4, 12]", "'b' does not begin where the tensor before it ends"),
    ("\"a\": [0, 8], \"b\": [0, 8]", "'b' does not begin where the tensor before it ends"),
    ("\"b\": [8, 16]", "'b' does not begin where the tensor before it ends"),
    ("\"a\": [0, 8]", "it goes on after its last tensor"),
    ("\"a\": [0, 8], \"a\": [8, 16]", "its header is not what the format says"),
  ])
  func `tensors fill the file, each name once`(places: String, reason: String?) throws {
    let header = places.replacing(
      /(\[\d+, \d+\])/, with: { "{\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": \($0.1)}" })
    if let reason {
      let error = #expect(throws: SafetensorsError.self) {
        try Safetensors.decode(file("{\(header)}"))
      }
      #expect(error?.description == reason)
    } else {
      #expect(try Safetensors.decode(file("{\(header)}")).entries.map(\.name) == ["a", "b"])
    }
  }

  @Test func `other types of number are refused by name`() {
    let header = "{\"w\": {\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [0, 4]}}"
    let error = #expect(throws: SafetensorsError.self) {
      try Safetensors.decode(file(header, bytes: 4))
    }
    #expect(error?.description == "'w' has type F16; only F32 is read")
  }

  /// Half precision, bfloat16 and double of PyTorch, and their values in float32 as it converts them.
  @Test func `other floating-point numbers are converted on reading`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/types", withExtension: "safetensors"))
    let file = try StoredTensors([UInt8](try Data(contentsOf: url)))
    let found = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, $0) })
    let wanted = try file.tensor(#require(found["float64.as_float32"]))
    #expect(wanted.values.count == 12)
    for type in ["float16", "bfloat16", "float64"] {
      let read = try file.tensor(#require(found[type]))
      let wanted = try file.tensor(#require(found["\(type).as_float32"]))
      #expect(read.shape == [3, 4])
      #expect(read.values.map(\.bitPattern) == wanted.values.map(\.bitPattern), "\(type)")
    }
  }

  @Test func `whole numbers are passed over, and refused only where they are wanted`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/types", withExtension: "safetensors"))
    let file = try StoredTensors([UInt8](try Data(contentsOf: url)))
    let count = try #require(file.entries.first { $0.name == "num_batches_tracked" })
    #expect(count.type == "I64")
    let error = #expect(throws: SafetensorsError.self) { try file.tensor(count) }
    #expect(
      error?.description
        == "'num_batches_tracked' has type I64; F16, BF16, F32 and F64 are read")
  }
}
