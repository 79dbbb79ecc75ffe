import Files
import Tensors

/// The contents of an IDX file: images in 3 or 4 dimensions, or labels in one.
package enum IDXContent: String, Equatable, Sendable {
  case images, labels

  /// The big-endian number that such a file starts with: 8 for unsigned bytes, then the dimensions.
  var magicNumbers: [UInt32] { self == .images ? [0x0803, 0x0804] : [0x0801] }
  var other: IDXContent { self == .images ? .labels : .images }
}

/// The contents of an IDX file of unsigned bytes, the format of MNIST: a magic number, the size of
/// each dimension (big-endian, 32 bits), then the bytes, last dimension fastest.
///
/// Source: Y. LeCun, 'The MNIST database of handwritten digits'.
package struct IDXFile {
  package let path: String
  /// The dimensions: (count), (count, height, width) or (count, height, width, channels).
  package let dimensions: [Int]
  /// The values, without the header.
  package let bytes: [UInt8]
  /// SHA-256 of the whole decompressed file, header included; nil if it was not asked for.
  package let checksum: String?

  package var count: Int { dimensions[0] }

  /// Size of one image; of a label it is 1×1×1.
  package var imageShape: ImageShape { IDXFile.imageShape(dimensions) }

  /// Reads all of `path`, gzipped or not.
  ///
  /// Sizes are checked before memory is taken, so a damaged header cannot ask for all of it.
  package init(path: String, content: IDXContent, hasChecksum: Bool = false) throws {
    let file = try InputFile(path: path)
    let header = try Header(file: file, content: content)
    let checksum = hasChecksum ? SHA256() : nil
    header.bytes.withUnsafeBytes { checksum?.update($0) }
    let byteCount = header.byteCount
    try DatasetError.requireMemory(byteCount, for: path)
    bytes = try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initializedCount in
      let destination = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<byteCount])
      initializedCount = try file.read(into: destination)
      checksum?.update(UnsafeRawBufferPointer(rebasing: destination[..<initializedCount]))
    }
    let headerCount = header.bytes.count
    guard bytes.count == byteCount else {
      throw DatasetError(
        path,
        .truncated(foundBytes: headerCount + bytes.count, expectedBytes: headerCount + byteCount))
    }
    // Reading on also makes zlib check the checksum at the end of a gzip stream.
    guard try file.isAtEnd() else {
      throw DatasetError(path, .trailingBytes(expectedBytes: headerCount + byteCount))
    }
    self.path = path
    dimensions = header.dimensions
    self.checksum = checksum?.finalize()
  }

  /// The number and size of the images in `path`, read from its header alone.
  package static func imageHeader(path: String) throws -> (count: Int, imageShape: ImageShape) {
    let header = try Header(file: InputFile(path: path), content: .images)
    return (header.dimensions[0], imageShape(header.dimensions))
  }

  static func imageShape(_ dimensions: [Int]) -> ImageShape {
    let size = dimensions.dropFirst() + [1, 1, 1]
    return ImageShape(height: size[1], width: size[2], channels: size[3])
  }
}

/// The header of an IDX file, checked against what the file can hold.
private struct Header {
  let bytes: [UInt8]
  let dimensions: [Int]
  let byteCount: Int

  init(file: InputFile, content: IDXContent) throws {
    var bytes = try Header.read(4, of: file, after: 0)
    let magicNumber = Header.integers(bytes)[0]
    guard content.magicNumbers.contains(magicNumber) else {
      throw DatasetError(file.path, .wrongMagicNumber(found: magicNumber, expected: content))
    }
    bytes += try Header.read(4 * Int(magicNumber & 0xff), of: file, after: 4)
    dimensions = Header.integers(bytes).dropFirst().map(Int.init)
    guard !dimensions.contains(0) else { throw DatasetError(file.path, .empty) }
    var byteCount = 1
    for dimension in dimensions {
      let product = byteCount.multipliedReportingOverflow(by: dimension)
      guard !product.overflow else {
        throw DatasetError(file.path, .oversized(dimensions: dimensions))
      }
      byteCount = product.partialValue
    }
    // Compared this way round because the sum could overflow.
    guard byteCount <= file.maximumByteCount - bytes.count else {
      throw DatasetError(
        file.path,
        file.isCompressed
          ? .oversized(dimensions: dimensions)
          : .truncated(foundBytes: file.maximumByteCount, expectedBytes: bytes.count &+ byteCount))
    }
    self.bytes = bytes
    self.byteCount = byteCount
  }

  private static func read(_ count: Int, of file: InputFile, after offset: Int) throws -> [UInt8] {
    let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard bytes.count == count else {
      throw DatasetError(
        file.path, .truncated(foundBytes: offset + bytes.count, expectedBytes: offset + count))
    }
    return bytes
  }

  private static func integers(_ bytes: [UInt8]) -> [UInt32] {
    stride(from: 0, to: bytes.count, by: 4).map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
  }
}
