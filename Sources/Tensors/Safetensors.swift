import Documents

/// The file format of weights: a JSON header with names, shapes and places, then the numbers.
///
/// Source: https://huggingface.co/docs/safetensors. Only float32 is written and read.
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

  /// The metadata in a file's bytes; empty if it has none.
  package static func metadata(_ bytes: [UInt8]) throws(SafetensorsError) -> [String: String] {
    do {
      let members = try header(bytes).root.members
      guard let metadata = members.last(where: { $0.key == metadataKey }) else { return [:] }
      let values = try metadata.value.members.map { ($0.key, try $0.value.string) }
      return Dictionary(values) { $1 }
    } catch let error as SafetensorsError {
      throw error
    } catch {
      throw .wrongHeader
    }
  }

  private static let metadataKey = "__metadata__"

  /// The header of a file.
  private static func header(_ bytes: [UInt8]) throws(SafetensorsError) -> JSONDocument {
    let start = try start(bytes)
    do {
      return try JSONDocument(Array(bytes[8..<start]))
    } catch {
      throw .wrongHeader
    }
  }

  /// The place where the numbers of a file start.
  private static func start(_ bytes: [UInt8]) throws(SafetensorsError) -> Int {
    guard bytes.count >= 8 else { throw SafetensorsError("it is shorter than its header") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw SafetensorsError("it is shorter than its header")
    }
    return 8 + Int(length)
  }

  /// The tensors in a file's bytes, by their place in it. They must fill it, one after the other.
  package static func decode(_ bytes: [UInt8]) throws(SafetensorsError) -> NamedTensors {
    let (header, start) = (try header(bytes), try start(bytes))
    var places: [Place] = []
    do {
      for (name, member) in try header.root.members {
        if name == metadataKey {
          for (_, value) in try member.members { _ = try value.string }
        } else {
          places.append(try Place(name: name, json: member))
        }
      }
    } catch {
      throw .wrongHeader
    }
    places.sort { ($0.offsets.first ?? 0, $0.name) < ($1.offsets.first ?? 0, $1.name) }
    var (tensors, end) = (NamedTensors(), 0)
    for place in places {
      let tensor = try tensor(at: place, in: bytes, start: start)
      guard place.offsets[0] == end else {
        throw SafetensorsError("'\(place.name)' does not begin where the tensor before it ends")
      }
      end = place.offsets[1]
      tensors.entries.append(.init(name: place.name, tensor: tensor))
    }
    guard end == bytes.count - start else {
      throw SafetensorsError("it goes on after its last tensor")
    }
    return tensors
  }

  private static func tensor(
    at place: Place, in bytes: [UInt8], start: Int
  ) throws(SafetensorsError) -> Tensor {
    let (name, offsets) = (place.name, place.offsets)
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
    guard offsets.count == 2, offsets[0] >= 0,
      offsets[1] >= offsets[0],
      offsets[1] <= bytes.count - start, count <= bytes.count / size,
      offsets[1] - offsets[0] == count * size
    else { throw SafetensorsError("'\(name)' lies outside the file or has another size") }
    let values = bytes.withUnsafeBytes { buffer in
      (0..<count).map {
        buffer.loadUnaligned(
          fromByteOffset: start + offsets[0] + $0 * size, as: Float.self)
      }
    }
    return Tensor(shape: place.shape, values: values)
  }

  /// A tensor as the header has it.
  private struct Place {
    let name: String
    let dtype: String
    let shape: [Int]
    /// From the first byte to the first after it, behind the header.
    let offsets: [Int]

    private static let longestName = 1000

    init(name: String, json: JSONNode) throws {
      // It goes into messages, and may be somebody else's.
      guard name.utf8.count <= Self.longestName else { throw SafetensorsError.wrongHeader }
      self.name = name
      dtype = try String(json: json.requiredValue(at: "dtype"))
      shape = try [Int](json: json.requiredValue(at: "shape"))
      offsets = try [Int](json: json.requiredValue(at: "data_offsets"))
    }
  }
}

extension Graph {
  /// The most bytes of a safetensors file with the parameters, their names and some metadata.
  package var largestFile: Int {
    parameters.reduce(1 << 16) { $0 + $1.parameter.count * MemoryLayout<Float>.size + 1024 }
  }
}

/// The reason why bytes are no safetensors file.
package struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  static let wrongHeader = SafetensorsError("its header is not what the format says")
}
