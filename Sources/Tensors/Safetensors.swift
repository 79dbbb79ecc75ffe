import FoundationEssentials

/// The file format of weights: a JSON header with names, shapes and places, then the numbers.
///
/// Source: https://huggingface.co/docs/safetensors. Only float32 is written and read.
package enum Safetensors {
  /// The file's bytes for `tensors`, with `metadata` in its header.
  package static func encode(
    _ tensors: NamedTensors, metadata: [String: String] = [:]
  ) throws -> [UInt8] {
    var members: [String: Member] = metadata.isEmpty ? [:] : ["__metadata__": .metadata(metadata)]
    var offset = 0
    for entry in tensors.entries {
      let end = offset + entry.tensor.values.count * MemoryLayout<Float>.size
      members[entry.name] = .tensor(
        Place(dtype: "F32", shape: entry.tensor.shape, dataOffsets: [offset, end]))
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = [UInt8](try encoder.encode(members))
    // Readers map the numbers into memory, which wants them aligned.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    bytes += header
    for entry in tensors.entries { entry.tensor.values.withUnsafeBytes { bytes += $0 } }
    return bytes
  }

  /// The metadata in a file's bytes; empty if it has none.
  package static func metadata(_ bytes: [UInt8]) throws(SafetensorsError) -> [String: String] {
    guard case .metadata(let values) = try header(bytes).members["__metadata__"] else { return [:] }
    return values
  }

  /// The contents of a file's header, and the offset at which its numbers start.
  private static func header(
    _ bytes: [UInt8]
  ) throws(SafetensorsError) -> (members: [String: Member], start: Int) {
    guard bytes.count >= 8 else { throw SafetensorsError("it is shorter than its header") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw SafetensorsError("it is shorter than its header")
    }
    let start = 8 + Int(length)
    do {
      return (
        try JSONDecoder().decode([String: Member].self, from: Data(bytes[8..<start])), start
      )
    } catch {
      throw SafetensorsError("its header is not what the format says")
    }
  }

  /// The tensors in a file's bytes, by their place in it.
  package static func decode(_ bytes: [UInt8]) throws(SafetensorsError) -> NamedTensors {
    let (members, start) = try header(bytes)
    var found: [(offset: Int, entry: NamedTensors.Entry)] = []
    for (name, member) in members where name != "__metadata__" {
      guard case .tensor(let place) = member else {
        throw SafetensorsError("its header is not what the format says")
      }
      let tensor = try tensor(at: place, called: name, in: bytes, start: start)
      found.append((place.dataOffsets[0], .init(name: name, tensor: tensor)))
    }
    found.sort { ($0.offset, $0.entry.name) < ($1.offset, $1.entry.name) }
    return NamedTensors(found.map(\.entry))
  }

  private static func tensor(
    at place: Place, called name: String, in bytes: [UInt8], start: Int
  ) throws(SafetensorsError) -> Tensor {
    guard place.dtype == "F32" else {
      throw SafetensorsError("'\(name)' has type \(place.dtype); only F32 is read")
    }
    var count = 1
    for length in place.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflows else {
        throw SafetensorsError("'\(name)' has an impossible shape")
      }
      count = product
    }
    let size = MemoryLayout<Float>.size
    guard place.dataOffsets.count == 2, place.dataOffsets[0] >= 0,
      place.dataOffsets[1] >= place.dataOffsets[0],
      place.dataOffsets[1] <= bytes.count - start, count <= bytes.count / size,
      place.dataOffsets[1] - place.dataOffsets[0] == count * size
    else { throw SafetensorsError("'\(name)' lies outside the file or has another size") }
    let values = bytes.withUnsafeBytes { buffer in
      (0..<count).map {
        buffer.loadUnaligned(
          fromByteOffset: start + place.dataOffsets[0] + $0 * size, as: Float.self)
      }
    }
    return Tensor(shape: place.shape, values: values)
  }

  private struct Place: Codable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  private enum Member: Codable {
    case tensor(Place)
    case metadata([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        self = .tensor(try container.decode(Place.self))
      } catch is DecodingError {
        self = .metadata(try container.decode([String: String].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .tensor(let place): try container.encode(place)
      case .metadata(let values): try container.encode(values)
      }
    }
  }
}

/// The reason why bytes are no safetensors file.
package struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
