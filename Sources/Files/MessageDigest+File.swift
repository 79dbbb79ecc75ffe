import Glibc

extension MessageDigest {
  /// The checksum of the regular file at `path`, as it lies there. Ends the computation.
  package func hexDigest(ofFile path: String) throws(StorageError) -> String {
    let file = open(path, Storage.reading)
    guard file >= 0 else { throw StorageError(.read, path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StorageError(.read, path) }
    guard EntryKind(status) == .file else {
      throw StorageError(.read, path, code: EINVAL, .special)
    }
    return try hexDigest(of: file, path: path)
  }

  /// The checksum of the open `file`, to its end.
  fileprivate func hexDigest(of file: Int32, path: String) throws(StorageError) -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(file, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StorageError(.read, path) }
      if count == 0 { return finalize() }
      update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

extension Folder {
  /// The SHA-256 of the file `name`, which may have at most `limit` bytes, in hexadecimal. Throws a `StorageError`.
  package func sha256(of name: String, limit: Int) throws -> String {
    try withFile(name) { file, byteCount in
      guard byteCount <= limit else {
        throw StorageError(.read, path(of: name), code: EFBIG, .larger(than: limit))
      }
      return try SHA256().hexDigest(of: file, path: path(of: name))
    }
  }
}
