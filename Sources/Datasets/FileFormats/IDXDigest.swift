import Files

/// The identity of an IDX file's contents by a checksum.
struct IDXDigest {
  let dimensions: [Int]
  /// SHA-256 of the values, without the header.
  let checksum: String

  /// Reads the digest of `file`.
  init(_ file: IDXFile) throws {
    dimensions = file.dimensions
    let values = SHA256()
    try file.forEachPiece(values.update)
    checksum = values.finalize()
  }

  /// `60000 28 28 ba89…`, as an index keeps it.
  var bytes: [UInt8] {
    Array((dimensions.map(String.init) + [checksum]).joined(separator: " ").utf8)
  }

  /// Reads the digest in `bytes`; throws a `DatasetError` if they are invalid.
  init(_ bytes: [UInt8], of path: String) throws {
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    dimensions = words.dropLast().compactMap { Int($0) }
    checksum = words.last.map(String.init) ?? ""
    guard !dimensions.isEmpty, dimensions.count == words.count - 1 else {
      throw DatasetError(path, .unreadable(reason: "the index of digests is damaged"))
    }
  }
}
