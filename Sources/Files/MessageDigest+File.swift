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
