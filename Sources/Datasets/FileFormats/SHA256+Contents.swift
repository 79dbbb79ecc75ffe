import Files

extension SHA256 {
  /// The checksum of the file `path` after decompression, in 64 hexadecimal digits. Throws a `DatasetError` if it has
  /// more than `limit` bytes then.
  package static func hexDigest(ofContentsOf path: String, limit: Int) throws -> String {
    let file = try InputFile(path: path)
    var rest = limit
    let checksum = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { return checksum.finalize() }
      rest -= count
      guard rest >= 0 else { throw DatasetError(path, .trailingBytes(expectedBytes: limit)) }
      checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
