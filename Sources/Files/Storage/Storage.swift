import Glibc

/// Files and folders. Everything that a run writes goes through here.
package enum Storage {
  /// Replaces the file at `path` as a whole, or leaves it as it was.
  ///
  /// The bytes go to a temporary file beside it, reach the disk, and only then take the file's name, so that readers
  /// and power cuts never meet half a file. It also throws if it is unknown whether the new name has reached the disk.
  /// Files that need not survive a power cut are not durable, which saves the time of the disk. The file gets `mode`,
  /// or else that of new files.
  package static func write(
    _ bytes: [UInt8], to path: String, isDurable: Bool = true, mode: mode_t? = nil
  ) throws(StorageError) {
    let folder = parent(of: path)
    let tag = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let temporary = "\(folder)/.\(name(of: path)).\(tag)\(temporarySuffix)"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw StorageError(.write, path) }
    let modeFailure = mode.flatMap { fchmod(file, $0) == 0 ? nil : errno }
    let failure =
      modeFailure ?? writeAll(bytes, to: file) ?? (!isDurable || fsync(file) == 0 ? nil : errno)
    // Some network file systems report a full disk only when the file is closed.
    let closeFailure = close(file) == 0 ? nil : errno
    if let code = failure ?? closeFailure ?? (rename(temporary, path) == 0 ? nil : errno) {
      unlink(temporary)
      throw StorageError(.write, path, code: code)
    }
    if isDurable { try synchronizeFolder(folder) }
  }

  package static let temporarySuffix = ".tmp"

  /// Replaces the file at `path` with `text` as a whole, or leaves it as it was.
  package static func write(_ text: String, to path: String) throws(StorageError) {
    try write(Array(text.utf8), to: path)
  }

  /// Adds `text` to the end of the file at `path`, creating it if need be. Not atomic: for logs.
  package static func append(_ text: String, to path: String) throws(StorageError) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw StorageError(.write, path) }
    let failure = writeAll(Array(text.utf8), to: file)
    let closeFailure = close(file) == 0 ? nil : errno
    if let code = failure ?? closeFailure { throw StorageError(.write, path, code: code) }
  }

  /// The largest record that is read into memory; no record comes near it.
  package static let largestRecord = 1 << 28

  /// All bytes of the file at `path`, which may be at most `limit`.
  package static func read(
    _ path: String, limit: Int = largestRecord
  ) throws(StorageError) -> [UInt8] {
    try contents(path, limit: limit).bytes
  }

  /// All bytes of the file at `path`, which may be at most `limit`, and its stamp before they were read.
  package static func contents(
    _ path: String, limit: Int = largestRecord, followsLink: Bool = true
  ) throws(StorageError) -> (bytes: [UInt8], stamp: FileStamp) {
    // Non-blocking, so that opening a pipe in the place of a file does not wait for its writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW))
    guard file >= 0 else { throw StorageError(.read, path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StorageError(.read, path) }
    // Room for one byte more, so that a file of the expected size ends before the room does.
    var (bytes, room) = ([UInt8](), max(Int(status.st_size), 0) + 1)
    while true {
      guard bytes.count + room - 1 <= limit else { throw StorageError(.read, path, code: EFBIG) }
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
      if chunk.count < room { return (bytes, FileStamp(status)) }
      room = max(bytes.count, 1 << 12)
    }
  }

  /// The text of the file at `path`, which has to be UTF-8, and at most `limit` bytes.
  package static func readText(_ path: String, limit: Int = largestRecord) throws -> String {
    guard let text = String(validating: try read(path, limit: limit), as: UTF8.self) else {
      throw DamagedFileError(path: path, reason: "it is not UTF-8 text")
    }
    return text
  }

  /// Writes all bytes; returns the `errno` of a failure, or nil.
  package static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
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

  /// Makes the names in `folder` survive a power cut.
  package static func synchronizeFolder(_ folder: String) throws(StorageError) {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError(.write, folder) }
    defer { close(file) }
    // Some file systems cannot do this for folders, and say so with EINVAL.
    guard fsync(file) == 0 || errno == EINVAL else { throw StorageError(.write, folder) }
  }
}
