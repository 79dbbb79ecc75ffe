import FoundationEssentials
import Glibc

extension Storage {
  /// Creates the folder at `path` and those above it, if they are missing.
  package static func createFolder(_ path: String) throws(StorageError) {
    if isFolder(path) { return }
    let above = parent(of: path)
    if above != path { try createFolder(above) }
    if mkdir(path, 0o777) == 0 {
      try Folder(above).synchronize()
    } else if case let code = errno, !isFolder(path) {
      throw StorageError(.create, path, code: code == EEXIST ? ENOTDIR : code)
    }
  }

  /// The number of bytes that this user can still write to the file system of the folder at `path`.
  package static func freeByteCount(in path: String) throws(StorageError) -> Int {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw StorageError(.read, path) }
    let (count, isTooLarge) = Int(clamping: status.f_bavail)
      .multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
    return isTooLarge ? .max : count
  }

  /// The kind of thing at `path` itself, without following a link; nil if there is nothing.
  package static func kind(of path: String) -> EntryKind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return errno == ENOENT ? nil : .other }
    return EntryKind(status)
  }

  /// True if what is at `path` itself, without following a link, belongs to this user.
  package static func isOwn(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_uid == geteuid()
  }

  /// Creates a symbolic link at `path` that leads to `target`.
  package static func createLink(_ path: String, to target: String) throws(StorageError) {
    guard symlink(target, path) == 0 else { throw StorageError(.create, path) }
  }

  /// True if there is a folder at `path`, or a link to one.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True if there is a regular file at `path`, or a link to one.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// True if both paths lead to the same file or folder.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    var (one, another) = (stat(), stat())
    return stat(path, &one) == 0 && stat(other, &another) == 0
      && (one.st_dev, one.st_ino) == (another.st_dev, another.st_ino)
  }

  /// True if there is anything at `path`.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The one absolute path, without links, of what is at `path`.
  package static func canonicalPath(_ path: String) throws(StorageError) -> String {
    guard let resolved = realpath(path, nil) else { throw StorageError(.read, path) }
    defer { free(resolved) }
    guard let path = String(validatingCString: resolved) else {
      throw StorageError(.read, path, code: EILSEQ)
    }
    return path
  }

  /// The last part of `path`.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folder that holds what is at `path`.
  package static func parent(of path: String) -> String {
    let parts = path.split(separator: "/").dropLast().joined(separator: "/")
    return path.hasPrefix("/") ? "/" + parts : parts.isEmpty ? "." : parts
  }

  /// Removes the folder at `path` with all its contents; links are removed, not followed.
  package static func removeTree(_ path: String) throws(StorageError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      throw StorageError(.remove, path, code: cause?.code.rawValue ?? EIO)
    }
  }
}
