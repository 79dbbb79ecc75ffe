import Documents

/// A file of weights whose tensors are read one by one: what is not wanted may be of any type.
package struct StoredTensors: Sendable {
  /// A tensor as the header has it.
  package struct Entry: Sendable {
    package let name: String
    /// The type of its numbers: `F32`.
    package let type: String
    package let shape: [Int]
    /// From the first byte to the first after it, behind the header.
    fileprivate let offsets: [Int]

    fileprivate static let longestName = 1000

    fileprivate init(name: String, json: JSONNode) throws {
      // It goes into messages, and may be somebody else's.
      guard name.utf8.count <= Self.longestName else { throw SafetensorsError.wrongHeader }
      self.name = name
      type = try String(json: json.requiredValue(at: "dtype"))
      shape = try [Int](json: json.requiredValue(at: "shape"))
      offsets = try [Int](json: json.requiredValue(at: "data_offsets"))
    }
  }

  /// The tensors by their place in the file, which they fill one after the other.
  package let entries: [Entry]
  /// What the file says of itself; empty if it says nothing.
  package let metadata: [String: String]
  /// The names in `exp` of tensors that `exp export` had to call otherwise in the file.
  package let ownNames: [String: String]
  private let bytes: [UInt8]
  /// The place where the numbers start.
  private let start: Int

  /// Reads the header of a file's bytes, and checks that each tensor lies where it can.
  package init(_ bytes: [UInt8]) throws(SafetensorsError) {
    self.bytes = bytes
    start = try Self.start(bytes)
    let (entries, metadata): ([Entry], [String: String])
    do {
      let members = try JSONDocument(Array(bytes[8..<start])).root.members
      entries = try members.filter { $0.key != Safetensors.metadataKey }.map {
        try Entry(name: $0.key, json: $0.value)
      }
      metadata = Dictionary(
        try members.filter { $0.key == Safetensors.metadataKey }.flatMap { try $0.value.members }
          .map { ($0.key, try $0.value.string) }
      ) { $1 }
    } catch {
      throw .wrongHeader
    }
    self.metadata = metadata
    ownNames = try Self.ownNames(metadata)
    self.entries = entries.sorted {
      ($0.offsets.first ?? 0, $0.name) < ($1.offsets.first ?? 0, $1.name)
    }
    var end = 0
    for entry in self.entries {
      try check(entry)
      guard entry.offsets[0] == end else {
        throw SafetensorsError("'\(entry.name)' does not begin where the tensor before it ends")
      }
      end = entry.offsets[1]
    }
    guard end == bytes.count - start else {
      throw SafetensorsError("it goes on after its last tensor")
    }
  }

  private static func ownNames(
    _ metadata: [String: String]
  ) throws(SafetensorsError) -> [String: String] {
    guard let text = metadata[Safetensors.namesKey] else { return [:] }
    do {
      let members = try JSONDocument(Array(text.utf8)).root.members
      let names = try members.map { ($0.key, try $0.value.string) }
      guard names.allSatisfy({ $0.1.utf8.count <= Entry.longestName }) else {
        throw SafetensorsError.wrongHeader
      }
      return Dictionary(names) { $1 }
    } catch {
      throw SafetensorsError("its metadata '\(Safetensors.namesKey)' are no names of tensors")
    }
  }

  /// The tensor of an entry, converted to float32. Throws if its type is none of floating-point numbers.
  package func tensor(_ entry: Entry) throws(SafetensorsError) -> Tensor {
    let values: [Float]
    switch entry.type {
    case "F32": values = numbers(entry) { (value: Float) in value }
    case "F64": values = numbers(entry) { (value: Double) in Float(value) }
    case "F16": values = numbers(entry) { (value: Float16) in Float(value) }
    case "BF16":
      values = numbers(entry) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    default:
      throw SafetensorsError(
        "'\(entry.name)' has type \(entry.type); F16, BF16, F32 and F64 are read")
    }
    return Tensor(shape: entry.shape, values: values)
  }

  /// Whether a number of an entry is finite, but beyond the range of float32.
  package func exceedsRange(_ entry: Entry) -> Bool {
    entry.type == "F64"
      && numbers(entry) { (value: Double) in value.isFinite ? Float(value) : 0 }
        .contains { !$0.isFinite }
  }

  private func numbers<Stored: BitwiseCopyable>(
    _ entry: Entry, _ converted: (Stored) -> Float
  ) -> [Float] {
    bytes.withUnsafeBytes { buffer in
      stride(
        from: start + entry.offsets[0], to: start + entry.offsets[1],
        by: MemoryLayout<Stored>.size
      ).map { converted(buffer.loadUnaligned(fromByteOffset: $0, as: Stored.self)) }
    }
  }

  private static func start(_ bytes: [UInt8]) throws(SafetensorsError) -> Int {
    guard bytes.count >= 8 else {
      throw SafetensorsError(
        "it is cut short, or in another format than safetensors")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw SafetensorsError(
        "it is cut short, or in another format than safetensors")
    }
    return 8 + Int(length)
  }

  /// The bytes of a number, by type. Tensors of types that are not here are taken to be as long as they say.
  private static let sizes = [
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8,
    "U32": 4, "U16": 2, "U8": 1, "BOOL": 1,
  ]

  /// Throws if `entry` has an impossible shape, or lies where it cannot.
  private func check(_ entry: Entry) throws(SafetensorsError) {
    var count = 1
    for length in entry.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflows else {
        throw SafetensorsError("'\(entry.name)' has an impossible shape")
      }
      count = product
    }
    let offsets = entry.offsets
    guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0],
      offsets[1] <= bytes.count - start,
      Self.sizes[entry.type].map({
        count <= bytes.count / $0 && offsets[1] - offsets[0] == count * $0
      }) ?? true
    else { throw SafetensorsError("'\(entry.name)' lies outside the file or has another size") }
  }
}

/// The reason why bytes are no safetensors file.
package struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  static let wrongHeader = SafetensorsError("its header is not what the format says")
}
