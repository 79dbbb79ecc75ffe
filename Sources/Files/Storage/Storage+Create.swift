import Glibc

extension Storage {
  /// Creates the file at `path` with `text` in it; returns false if something exists there, which stays as it is.
  package static func create(_ text: String, at path: String) throws(StorageError) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if file < 0, errno == EEXIST { return false }
    guard file >= 0 else { throw StorageError(.create, path) }
    let failure = writeAll(Array(text.utf8), to: file)
    let closeFailure = close(file) == 0 ? nil : errno
    guard let code = failure ?? closeFailure else { return true }
    unlink(path)
    throw StorageError(.create, path, code: code)
  }
}
