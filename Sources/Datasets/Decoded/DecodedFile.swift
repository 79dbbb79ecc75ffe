import Documents
import Files
import Glibc
import Tensors

/// The file of a decoded dataset: a line of fixed length, a header in JSON, and the pixels of each part at a multiple of
/// 65,536 bytes.
///
/// The header has a checksum, and everything in it is checked. Pixels are trusted as long as the file's length is right:
/// to compare them with their digest, each start would have to read all of them.
enum DecodedFile {
  /// Changes with the format, and with whatever of this program decodes files to other pixels.
  static let version = 5

  private static let mark = "exp decoded"
  private static let firstLineSize = 64
  private static let alignment = 65_536
  /// The largest header that is read.
  private static let largestHeader = 1 << 30

  /// Everything about a dataset but its pixels.
  struct Header: Codable {
    let type: String
    let source: String
    let settings: String
    let shape: [Int]
    let classNames: [String]
    let firstLabels: [Int]
    let notes: [String]
    let training: Part
    let validation: Part?
    let test: Part?
  }

  struct Part: Codable {
    let labels: [Int]
    let names: [String]?
    let groups: [String]?
    let digest: Digest
  }

  struct Digest: Codable {
    let pixels: String
    let labels: String
    let groups: String?
  }

  private enum Damage: Error { case found }

  // MARK: writing

  /// Writes `dataset`, which was decoded from `source`, to the file `name`.
  static func write(
    _ dataset: LoadedDataset, of source: DecodedCache.Source, to name: String, in folder: Folder
  ) throws {
    let header = Header(
      type: source.type, source: source.path, settings: source.settings,
      shape: dataset.imageShape.lengths, classNames: dataset.classNames,
      firstLabels: dataset.firstLabels, notes: dataset.notes,
      training: Part(dataset.training, dataset.digest.training),
      validation: Part(dataset.validation, dataset.digest.validation),
      test: Part(dataset.test, dataset.digest.test))
    let json = Array(try PlainValue(encoding: header).json.utf8)
    let checksum = json.withUnsafeBytes { FileIndexFormat.checksum($0) }
    let line = "\(mark) \(version) \(json.count) \(checksum)"
    let padding = String(repeating: " ", count: firstLineSize - 1 - line.utf8.count) + "\n"
    var position = 0
    try folder.write(to: name) { file in
      func write(_ bytes: UnsafeRawBufferPointer) -> Int32? {
        position += bytes.count
        return Storage.writeAll(bytes, to: file)
      }
      let head = Array((line + padding).utf8) + json
      if let failure = head.withUnsafeBytes(write) { return failure }
      for part in [dataset.training, dataset.validation, dataset.test].compactMap(\.self) {
        let gap = [UInt8](repeating: 0, count: aligned(position) - position)
        if let failure = gap.withUnsafeBytes(write) ?? write(part.images.bytes) { return failure }
      }
      return nil
    }
  }

  private static func aligned(_ position: Int) -> Int {
    (position + alignment - 1) / alignment * alignment
  }

  // MARK: reading

  /// The dataset in the file `name`, whose pixels are mapped. Throws if the file is missing or damaged.
  static func read(_ name: String, in folder: Folder) throws -> LoadedDataset {
    try folder.withFile(name) { file, byteCount in
      let (header, end) = try header(of: file)
      guard header.shape.count == 3, header.classNames.count <= 256,
        [[], [0], [1], [0, 1]].contains(header.firstLabels)
      else { throw Damage.found }
      _ = try product(header.shape)
      let shape = ImageShape(
        height: header.shape[0], width: header.shape[1], channels: header.shape[2])
      var position = end
      func images(_ part: Part?) throws -> LabelledImages? {
        guard let part else { return nil }
        let labels = part.labels.filter(header.classNames.indices.contains)
        let start = aligned(position)
        let size = labels.isEmpty ? 0 : try product([labels.count] + header.shape)
        guard size <= byteCount - start, labels.count == part.labels.count,
          part.names?.count ?? labels.count == labels.count,
          part.groups?.count ?? labels.count == labels.count,
          let pixels = size == 0
            ? PixelStorage([]) : PixelStorage(mapping: file, offset: start, byteCount: size)
        else { throw Damage.found }
        position = start + size
        return LabelledImages(
          images: pixels, labels: labels.map { UInt8($0) },
          names: part.names, groups: part.groups)
      }
      guard let training = try images(header.training) else { throw Damage.found }
      let (validation, test) = (try images(header.validation), try images(header.test))
      guard position == byteCount else { throw Damage.found }
      // The time of the last use.
      futimens(file, nil)
      return LoadedDataset(
        type: header.type, imageShape: shape, classNames: header.classNames,
        firstLabels: header.firstLabels, training: training,
        validation: validation, test: test, notes: header.notes,
        digest: DataDigest(
          imageShape: header.shape, training: header.training.dataDigest,
          validation: header.validation?.dataDigest, test: header.test?.dataDigest))
    }
  }

  /// The product of `factors`, all of which have to be above 0.
  private static func product(_ factors: [Int]) throws -> Int {
    try factors.reduce(1) { product, factor in
      let (next, isTooLarge) = product.multipliedReportingOverflow(by: factor)
      guard factor > 0, !isTooLarge else { throw Damage.found }
      return next
    }
  }

  /// The header of the file `name`.
  static func header(of name: String, in folder: Folder) throws -> Header {
    try folder.withFile(name) { file, _ in try header(of: file).header }
  }

  private static func header(of file: Int32) throws -> (header: Header, end: Int) {
    let line = try bytes(firstLineSize, of: file, from: 0)
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 5, words[0...1].joined(separator: " ") == mark, words[2] == "\(version)",
      let count = Int(words[3]), (1...largestHeader).contains(count)
    else { throw Damage.found }
    let json = try bytes(count, of: file, from: firstLineSize)
    guard json.withUnsafeBytes({ FileIndexFormat.checksum($0) }) == UInt64(words[4]) else {
      throw Damage.found
    }
    return (try JSONDocument(json).root.decoded(), firstLineSize + count)
  }

  private static func bytes(_ count: Int, of file: Int32, from start: Int) throws -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let got = pread(
          file, buffer.baseAddress?.advanced(by: initialized), count - initialized,
          off_t(start + initialized))
        if got > 0 { initialized += got } else if got == 0 || errno != EINTR { break }
      }
    }
    guard bytes.count == count else { throw Damage.found }
    return bytes
  }
}

extension DecodedFile.Part {
  fileprivate init(_ images: LabelledImages, _ digest: DataDigest.Part) {
    labels = images.labels.map(Int.init)
    names = images.names
    groups = images.groups
    self.digest = .init(pixels: digest.pixels, labels: digest.labels, groups: digest.groups)
  }

  /// Nil if there is no such part.
  fileprivate init?(_ images: LabelledImages?, _ digest: DataDigest.Part?) {
    guard let images, let digest else { return nil }
    self.init(images, digest)
  }

  fileprivate var dataDigest: DataDigest.Part {
    .init(count: labels.count, pixels: digest.pixels, labels: digest.labels, groups: digest.groups)
  }
}
