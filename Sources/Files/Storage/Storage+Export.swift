import Glibc

extension Storage {
  /// True if output to `path` goes to standard output: `-`, `/dev/stdout`, or the very file that standard output goes
  /// to.
  package static func isStandardOutput(_ path: String) -> Bool {
    if path == "-" { return true }
    var (target, output) = (stat(), stat())
    return stat(path, &target) == 0 && fstat(STDOUT_FILENO, &output) == 0
      && (target.st_dev, target.st_ino) == (output.st_dev, output.st_ino)
  }

  /// Throws if no file can be written to `path` since its folder is not there, or it is a folder itself: what takes long
  /// is best not begun then.
  package static func requirePlace(for path: String) throws(StorageError) {
    if isStandardOutput(path) { return }
    if isFolder(path) { throw StorageError(.write, path, code: EISDIR) }
    let isNamedAsFolder = path.hasSuffix("/")
    let folder = isNamedAsFolder ? String(path.dropLast()) : parent(of: path)
    guard !isNamedAsFolder, isFolder(folder) else {
      throw StorageError(.write, path, code: ENOENT, .noFolder(folder))
    }
  }

  /// Writes `bytes` to a path that the user gave.
  ///
  /// A link stays one: its target is written. Other kinds of files, such as devices and pipes, take the bytes as they
  /// come. Regular files are replaced as a whole, and keep their mode.
  package static func export(_ bytes: [UInt8], to path: String) throws(StorageError) {
    if isStandardOutput(path) {
      let code = writeAll(bytes, to: STDOUT_FILENO)
      // A reader that closes the pipe has read enough.
      guard code == nil || code == EPIPE else {
        throw StorageError(.write, "/dev/stdout", code: code ?? 0)
      }
      return
    }
    try requirePlace(for: path)
    guard let file = try replaceableFile(at: path) else {
      return try writeInPlace(bytes, to: path)
    }
    try write(bytes, to: file.path, mode: file.mode)
  }

  /// Likewise, text.
  package static func export(_ text: String, to path: String) throws(StorageError) {
    try export(Array(text.utf8), to: path)
  }

  /// Writes `files` to paths that the user gave: all of them or, as far as can be known before, none.
  ///
  /// The bytes of all reach the disk before the first file takes its name. A link stays one: its target is replaced. Throws
  /// if there is something else than a regular file at one of the paths.
  package static func export(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(StorageError) {
    var aside: [(folder: Folder, temporary: String, name: String)] = []
    do throws(StorageError) {
      for (path, bytes) in files {
        guard let file = try replaceableFile(at: path) else {
          throw StorageError(.write, path, code: EINVAL, .special)
        }
        let folder = try self.folder(of: file.path)
        let name = name(of: file.path)
        let temporary = try folder.writeAside(name, mode: file.mode) { writeAll(bytes, to: $0) }
        aside.append((folder, temporary, name))
      }
    } catch {
      for file in aside { try? file.folder.removeFile(file.temporary) }
      throw error
    }
    for file in aside { try file.folder.replace(file.name, by: file.temporary) }
    for file in aside { try file.folder.synchronize() }
  }

  /// The file that a new one at `path` replaces, behind all links, and its mode; nil if there is something else than a
  /// regular file. Where there is nothing, it is `path` without a mode.
  private static func replaceableFile(
    at path: String
  ) throws(StorageError) -> (path: String, mode: mode_t?)? {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      return (try canonicalPath(path), status.st_mode & 0o7777)
    }
    return kind(of: path) == nil ? (path, nil) : nil
  }

  private static func writeInPlace(_ bytes: [UInt8], to path: String) throws(StorageError) {
    // Opening a dangling link creates its target.
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666)
    guard file >= 0 else { throw StorageError(.write, path) }
    let failure = writeAll(bytes, to: file)
    let closeFailure = close(file) == 0 ? nil : errno
    if let code = failure ?? closeFailure { throw StorageError(.write, path, code: code) }
  }
}
