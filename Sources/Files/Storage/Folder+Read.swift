import Glibc

extension Folder {
  /// All bytes of the file `name`, which may be at most `limit`, and its stamp before they were read.
  package func contents(
    _ name: String, limit: Int
  ) throws(StorageError) -> (bytes: [UInt8], stamp: FileStamp) {
    let file = openInside(name, Storage.reading)
    guard file >= 0 else { throw error(.read, name) }
    defer { close(file) }
    return try Storage.contents(of: file, path: path(of: name), limit: limit)
  }

  /// Calls `body` with the regular file `name`, open for reading, and the number of its bytes.
  package func withFile<Result>(
    _ name: String, _ body: (_ file: Int32, _ byteCount: Int) throws -> Result
  ) throws -> Result {
    let file = openInside(name, Storage.reading)
    guard file >= 0 else { throw error(.read, name) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, EntryKind(status) == .file else {
      throw StorageError(.read, path(of: name), code: EINVAL, .special)
    }
    return try body(file, Int(status.st_size))
  }

  /// All bytes of the file `name`, which may be at most `limit`.
  package func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] {
    try contents(name, limit: limit).bytes
  }

  /// The text of the file `name`, which has to be UTF-8 and at most `limit` bytes long.
  package func readText(_ name: String, limit: Int) throws -> String {
    try Storage.text(read(name, limit: limit), path: path(of: name))
  }
}

extension Storage {
  // Non-blocking, so that opening a pipe in the place of a file does not wait for its writer.
  static let reading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

  /// The largest file that is read where nothing says how large it can be.
  package static let usualLimit = 1 << 28

  /// All bytes of the file at `path`, which may be at most `limit`.
  package static func read(
    _ path: String, limit: Int = usualLimit
  ) throws(StorageError) -> [UInt8] {
    let file = open(path, reading)
    guard file >= 0 else { throw StorageError(.read, path) }
    defer { close(file) }
    return try contents(of: file, path: path, limit: limit).bytes
  }

  /// The text of the file at `path`, which has to be UTF-8 and at most `limit` bytes long.
  package static func readText(_ path: String, limit: Int = usualLimit) throws -> String {
    try text(read(path, limit: limit), path: path)
  }

  fileprivate static func text(_ bytes: [UInt8], path: String) throws(DamagedFileError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DamagedFileError(path: path, reason: "it is not UTF-8 text")
    }
    return text
  }

  /// All bytes of the open `file`, which may be at most `limit`, and its stamp before they were read.
  ///
  /// Devices, pipes and the like, which may have no end, are refused.
  fileprivate static func contents(
    of file: Int32, path: String, limit: Int
  ) throws(StorageError) -> (bytes: [UInt8], stamp: FileStamp) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StorageError(.read, path) }
    guard EntryKind(status) == .file else {
      let isFolder = EntryKind(status) == .folder
      throw StorageError(.read, path, code: isFolder ? EISDIR : EINVAL, isFolder ? nil : .special)
    }
    let tooLarge = StorageError(.read, path, code: EFBIG, .larger(than: limit))
    guard status.st_size <= limit else { throw tooLarge }
    // Room for one byte more, so that a file of the expected size ends before the room does.
    var (bytes, room) = ([UInt8](), max(Int(status.st_size), 0) + 1)
    while true {
      var failure: Int32?
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        while count < room, failure == nil {
          let got = Glibc.read(file, buffer.baseAddress?.advanced(by: count), room - count)
          if got == 0 { break }
          if got > 0 { count += got } else if errno != EINTR { failure = errno }
        }
      }
      if let failure { throw StorageError(.read, path, code: failure) }
      bytes = bytes.isEmpty ? chunk : bytes + chunk
      guard bytes.count <= limit else { throw tooLarge }
      if chunk.count < room { return (bytes, FileStamp(status)) }
      // The file has grown, or has no size that is known in advance, as in /proc.
      room = min(max(bytes.count, 1 << 12), max(limit - bytes.count, 0) + 1)
    }
  }
}
