import Glibc

/// Files and folders by their paths, as users name them. What lies in a run's folder is reached through a `Folder`.
package enum Storage {
  /// Replaces the file at `path` as a whole, or leaves it as it was; see `Folder.write`.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t? = nil
  ) throws(StorageError) {
    try folder(of: path).write(bytes, to: name(of: path), mode: mode)
  }

  /// The folder that the file at `path` is to be written to.
  static func folder(of path: String) throws(StorageError) -> Folder {
    do {
      return try Folder(parent(of: path))
    } catch {
      throw StorageError(.write, path, code: error.code)
    }
  }

  /// Replaces the file at `path` with `text` as a whole, or leaves it as it was.
  package static func write(_ text: String, to path: String) throws(StorageError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes all bytes; returns the `errno` of a failure, or nil.
  package static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32? {
    bytes.withUnsafeBytes { writeAll($0, to: file) }
  }

  /// Likewise.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(
        file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
