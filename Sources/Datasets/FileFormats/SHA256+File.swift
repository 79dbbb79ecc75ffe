import Files

extension SHA256 {
  /// The checksum of the file `path` after decompression, in 64 hexadecimal digits.
  package static func hexDigest(ofFile path: String) throws -> String {
    let file = try InputFile(path: path)
    let checksum = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { return checksum.finalize() }
      checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
