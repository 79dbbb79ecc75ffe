import Files
import Tensors

/// The contents of an IDX file: images in 3 or 4 dimensions, labels in one, or a table whose rows begin with the label.
package enum IDXContent: String, Equatable, Sendable {
  case images, labels
  case labelTable = "integers"

  /// The big-endian number that such a file starts with: the type of its values, then the dimensions.
  var magicNumbers: [UInt32] {
    switch self {
    case .images: [0x0803, 0x0804]
    case .labels: [0x0801]
    case .labelTable: [0x0C02]
    }
  }

  /// Bytes of a value.
  var valueSize: Int { self == .labelTable ? 4 : 1 }

  var other: IDXContent { self == .images ? .labels : .images }
}

/// An IDX file, the format of MNIST, of which only the header has been read: a magic number, the size of each dimension
/// (big-endian, 32 bits), then the values, last dimension fastest: unsigned bytes, or big-endian integers of 32 bits.
///
/// Source: Y. LeCun, 'The MNIST database of handwritten digits'.
package struct IDXFile {
  private let file: InputFile
  private let header: Header

  /// Opens the file at `path`, gzipped or not.
  ///
  /// Sizes are checked before memory is taken, so a damaged header cannot ask for all of it.
  package init(path: String, content: IDXContent) throws {
    file = try InputFile(path: path)
    header = try Header(file: file, content: content)
  }

  /// The content that the first bytes of the file at `path` announce; nil if it is no IDX file of images or labels.
  static func content(of path: String) throws -> IDXContent? {
    let file = try InputFile(path: path)
    let start = try [UInt8](unsafeUninitializedCapacity: 4) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard start.count == 4 else { return nil }
    let number = start.reduce(0) { $0 << 8 | UInt32($1) }
    return [IDXContent.images, .labels].first { $0.magicNumbers.contains(number) }
  }

  package var path: String { file.path }

  /// The dimensions: (count), (count, height, width) or (count, height, width, channels).
  package var dimensions: [Int] { header.dimensions }

  package var count: Int { dimensions[0] }

  /// The number of bytes of all values.
  package var byteCount: Int { header.byteCount }

  /// Size of one image; of a label it is 1×1×1.
  package var imageShape: ImageShape { IDXFile.imageShape(dimensions) }

  /// Reads the bytes of all values, which can be done once.
  ///
  /// Throws a `DatasetError` if the whole decompressed file, header included, has another checksum than `sha256`.
  package func contents(sha256: String? = nil) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initializedCount in
      try read(into: UnsafeMutableRawBufferPointer(buffer), sha256: sha256)
      initializedCount = byteCount
    }
  }

  /// The same into `buffer`, which has room for all of them.
  func read(into buffer: UnsafeMutableRawBufferPointer, sha256 expected: String? = nil) throws {
    let checksum = expected.map { _ in SHA256() }
    header.bytes.withUnsafeBytes { checksum?.update($0) }
    var count = 0
    try forEachPiece { piece in
      UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: piece)
      count += piece.count
      checksum?.update(piece)
    }
    guard let expected, let found = checksum?.finalize(), found != expected else { return }
    throw DatasetError(path, .wrongChecksum(found: found, expected: expected))
  }

  /// Reads all values in pieces, in their order, which can be done once.
  package func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let expected = header.bytes.count + byteCount
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(byteCount, 1 << 18), alignment: 16)
    defer { buffer.deallocate() }
    var rest = byteCount
    while rest > 0 {
      let wanted = min(rest, buffer.count)
      let count = try file.read(into: .init(rebasing: buffer[..<wanted]))
      try body(.init(rebasing: buffer[..<count]))
      rest -= count
      guard count == wanted else {
        throw DatasetError(
          path, .truncated(foundBytes: expected - rest, expectedBytes: expected))
      }
    }
    // Reading on also makes zlib check the checksum at the end of a gzip stream.
    guard try file.isAtEnd() else {
      throw DatasetError(path, .trailingBytes(expectedBytes: expected))
    }
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
    var byteCount = content.valueSize
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
