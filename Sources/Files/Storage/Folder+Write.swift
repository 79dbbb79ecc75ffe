import Glibc

extension Folder {
  /// Replaces the file `name` as a whole, or leaves it as it was.
  ///
  /// The bytes go to a temporary file beside it, reach the disk, and only then take the file's name, so that readers
  /// and power cuts never meet half a file. It also throws if it is unknown whether the new name has reached the disk.
  /// Files that need not survive a power cut are not durable, which saves the time of the disk. The file gets `mode`,
  /// or else that of new files.
  package func write(
    _ bytes: [UInt8], to name: String, isDurable: Bool = true, mode: mode_t? = nil
  ) throws(StorageError) {
    try write(to: name, isDurable: isDurable, mode: mode) { Storage.writeAll(bytes, to: $0) }
  }

  /// Likewise, what `body` writes to the file that it is given; it returns the `errno` of a failure, or nil.
  package func write(
    to name: String, isDurable: Bool = true, mode: mode_t? = nil, _ body: (Int32) -> Int32?
  ) throws(StorageError) {
    let temporary = try writeAside(name, isDurable: isDurable, mode: mode, body)
    try replace(name, by: temporary)
    if isDurable { try synchronize() }
  }

  /// Writes to the disk what is to be the file `name`, under a temporary name, which it returns.
  func writeAside(
    _ name: String, isDurable: Bool = true, mode: mode_t?, _ body: (Int32) -> Int32?
  ) throws(StorageError) -> String {
    let tag = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let temporary = ".\(name).\(tag)\(Self.temporarySuffix)"
    let file = openat(descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw error(.write, name) }
    let modeFailure = mode.flatMap { fchmod(file, $0) == 0 ? nil : errno }
    let failure =
      modeFailure ?? body(file)
      ?? (!isDurable || fsync(file) == 0 ? nil : errno)
    // Some network file systems report a full disk only when the file is closed.
    let closeFailure = close(file) == 0 ? nil : errno
    if let code = failure ?? closeFailure {
      unlinkat(descriptor, temporary, 0)
      throw StorageError(.write, path(of: name), code: code)
    }
    return temporary
  }

  /// Gives the file `temporary` the name `name`, or removes it.
  func replace(_ name: String, by temporary: String) throws(StorageError) {
    if renameat(descriptor, temporary, descriptor, name) != 0 {
      let code = errno
      unlinkat(descriptor, temporary, 0)
      throw StorageError(.write, path(of: name), code: code)
    }
  }

  private static let temporarySuffix = ".tmp"

  /// Replaces the file `name` with `text` as a whole, or leaves it as it was.
  package func write(_ text: String, to name: String) throws(StorageError) {
    try write(Array(text.utf8), to: name)
  }

  /// Adds `text` to the end of the file `name`, creating it if need be. Not atomic: for logs.
  package func append(_ text: String, to name: String) throws(StorageError) {
    let file = try openForWriting(name, O_WRONLY | O_APPEND, .write)
    let failure = Storage.writeAll(Array(text.utf8), to: file)
    let closeFailure = close(file) == 0 ? nil : errno
    if let code = failure ?? closeFailure { throw error(.write, name, code: code) }
  }

  /// Opens the regular file `name`, which is created if it is missing, in `mode`.
  func openForWriting(
    _ name: String, _ mode: Int32, _ operation: StorageError.Operation
  ) throws(StorageError) -> Int32 {
    let file = openat(
      descriptor, name, mode | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o666)
    guard file >= 0 else { throw error(operation, name) }
    var status = stat()
    guard fstat(file, &status) == 0, EntryKind(status) == .file else {
      close(file)
      throw StorageError(operation, path(of: name), code: EINVAL, .special)
    }
    return file
  }

  /// Creates the folder `name` in it, unless there is one, and opens that.
  package func createFolder(_ name: String) throws(StorageError) -> Folder {
    if mkdirat(descriptor, name, 0o777) == 0 {
      try synchronize()
    } else if errno != EEXIST {
      throw error(.create, name)
    }
    guard let folder = try folder(name) else { throw error(.create, name) }
    return folder
  }

  /// Gives `name` the new name `target` and returns true, or returns false if something else has that name.
  ///
  /// Of several processes that try at once exactly one gets true. It must not be an empty folder, which would be
  /// replaced.
  package func rename(_ name: String, to target: String) throws(StorageError) -> Bool {
    if renameat(descriptor, name, descriptor, target) != 0 {
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else { throw error(.create, target) }
      return false
    }
    return true
  }

  /// Removes the file `name`.
  package func removeFile(_ name: String) throws(StorageError) {
    guard unlinkat(descriptor, name, 0) == 0 else { throw error(.remove, name) }
  }

  /// Removes the folder `name` with its `files`, unless there is more in it.
  package func removeFolder(_ name: String, files: [String]) {
    if let folder = try? folder(name) {
      for file in files { unlinkat(folder.descriptor, file, 0) }
    }
    unlinkat(descriptor, name, AT_REMOVEDIR)
  }

  /// Removes the temporary files of killed processes: those that have not been written to for `nanoseconds`. If these are
  /// 0, no other process may write there.
  package func removeTemporaryFiles(unchangedFor nanoseconds: Int = 0) throws(StorageError) {
    let files = try allEntries { $0.hasPrefix(".") && $0.hasSuffix(Self.temporarySuffix) }
    for file in files where file.kind == .file {
      let stamp = nanoseconds == 0 ? nil : FileStamp(ofFileAt: path(of: file.name))
      if let stamp, stamp.modified > FileStamp.now - nanoseconds { continue }
      try removeFile(file.name)
    }
  }

  /// Makes its names survive a power cut.
  package func synchronize() throws(StorageError) {
    let file = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError(.write, path) }
    defer { close(file) }
    // Some file systems cannot do this for folders, and say so with EINVAL.
    guard fsync(file) == 0 || errno == EINVAL else { throw StorageError(.write, path) }
  }
}
