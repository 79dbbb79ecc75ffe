import Documents

/// The file format of weights: a JSON header with names, shapes and places, then the numbers.
///
/// Source: https://huggingface.co/docs/safetensors. Only float32 is written; `StoredTensors` reads other types of
/// number too.
package enum Safetensors {
  /// The file's bytes for `tensors`, with `metadata` in its header.
  package static func encode(
    _ tensors: NamedTensors, metadata: [String: String] = [:]
  ) throws -> [UInt8] {
    var members: [PlainValue.Entry] =
      metadata.isEmpty ? [] : [(metadataKey, .map(metadata.map { ($0, .string($1)) }))]
    var offset = 0
    for entry in tensors.entries {
      let end = offset + entry.tensor.values.count * MemoryLayout<Float>.size
      members.append(
        (
          entry.name,
          .map([
            ("dtype", .string("F32")), ("shape", .list(entry.tensor.shape.map { .integer($0) })),
            ("data_offsets", .list([.integer(offset), .integer(end)])),
          ])
        ))
      offset = end
    }
    var header = Array(PlainValue.map(members).canonicalJSON.utf8)
    // Readers map the numbers into memory, which wants them aligned.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    bytes += header
    for entry in tensors.entries { entry.tensor.values.withUnsafeBytes { bytes += $0 } }
    return bytes
  }

  static let metadataKey = "__metadata__"

  /// The member of the metadata that has a JSON object: for tensors that are called otherwise in the file, the names that
  /// they have in `exp`.
  package static let namesKey = "exp_names"

  /// The metadata in a file's bytes; empty if it has none.
  package static func metadata(_ bytes: [UInt8]) throws(SafetensorsError) -> [String: String] {
    try StoredTensors(bytes).metadata
  }

  /// The tensors in a file's bytes, by their place in it, all of which must be float32.
  package static func decode(_ bytes: [UInt8]) throws(SafetensorsError) -> NamedTensors {
    let file = try StoredTensors(bytes)
    var tensors = NamedTensors()
    for entry in file.entries {
      guard entry.type == "F32" else {
        throw SafetensorsError("'\(entry.name)' has type \(entry.type); only F32 is read")
      }
      tensors.entries.append(.init(name: entry.name, tensor: try file.tensor(entry)))
    }
    return tensors
  }
}

extension Graph {
  /// The most bytes of a safetensors file with the parameters, their names and some metadata.
  package var largestFile: Int {
    parameters.reduce(1 << 16) { $0 + $1.parameter.count * MemoryLayout<Float>.size + 1024 }
  }
}
