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
    if isFolder(path) || path.hasSuffix("/") { throw StorageError(.write, path, code: EISDIR) }
    guard isFolder(parent(of: path)) else { throw StorageError(.write, path, code: ENOENT) }
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
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      try write(bytes, to: canonicalPath(path), mode: status.st_mode & 0o7777)
    } else if kind(of: path) == nil {
      try write(bytes, to: path)
    } else {
      try writeInPlace(bytes, to: path)
    }
  }

  /// Likewise, text.
  package static func export(_ text: String, to path: String) throws(StorageError) {
    try export(Array(text.utf8), to: path)
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
