import Glibc

extension Storage {
  /// Creates the folder at `path` and those above it, if they are missing.
  package static func createFolder(_ path: String) throws(StorageError) {
    if isFolder(path) { return }
    let above = parent(of: path)
    if above != path { try createFolder(above) }
    if try !createNewFolder(path), !isFolder(path) {
      throw StorageError(.create, path, code: ENOTDIR)
    }
  }

  /// Creates the folder at `path` and returns true, or returns false if something has that name.
  ///
  /// Of several processes that try at once exactly one gets true.
  package static func createNewFolder(_ path: String) throws(StorageError) -> Bool {
    if mkdir(path, 0o777) == 0 {
      try synchronizeFolder(parent(of: path))
      return true
    }
    guard errno == EEXIST else { throw StorageError(.create, path) }
    return false
  }

  /// Gives the folder at `path` the name `target` beside it and returns true, or returns false if something else has
  /// that name.
  ///
  /// Of several processes that try at once exactly one gets true. `path` must not be empty, since an empty folder
  /// would be replaced.
  package static func renameFolder(_ path: String, to target: String) throws(StorageError) -> Bool {
    if rename(path, target) != 0 {
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else {
        throw StorageError(.create, target)
      }
      return false
    }
    return true
  }

  /// Names in the folder at `path`, in the order of their bytes, without hidden ones.
  package static func names(in path: String) throws(StorageError) -> [String] {
    try entries(in: path).map(\.name)
  }

  /// The kinds of entries of a folder.
  package enum EntryKind {
    case folder, link, file, other
  }

  /// The entries of the folder at `path`, in the order of the names' bytes, without hidden ones.
  package static func entries(
    in path: String
  ) throws(StorageError) -> [(name: String, kind: EntryKind)] {
    try allEntries(in: path) { $0.utf8.first != UInt8(ascii: ".") }
  }

  /// Removes the temporary files of killed processes from the folder at `path`. No other process may write there.
  package static func removeTemporaryFiles(in path: String) throws(StorageError) {
    let files = try allEntries(in: path) { $0.hasPrefix(".") && $0.hasSuffix(temporarySuffix) }
    for file in files where file.kind == .file { try removeFile(path + "/" + file.name) }
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0

  /// The entries of the folder at `path` whose names `isWanted` accepts, in the order of the names' bytes.
  private static func allEntries(
    in path: String, where isWanted: (String) -> Bool
  ) throws(StorageError) -> [(name: String, kind: EntryKind)] {
    guard let folder = opendir(path) else { throw StorageError(.read, path) }
    defer { closedir(folder) }
    var entries: [(name: String, kind: EntryKind)] = []
    while let entry = readdir(folder) {
      // Read in place, since a copy of the whole field would read beyond the entry.
      let name = String(
        cString: UnsafeRawPointer(entry).advanced(by: nameOffset)
          .assumingMemoryBound(to: CChar.self))
      guard isWanted(name) else { continue }
      let kind: EntryKind =
        switch Int(entry.pointee.d_type) {
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        case Int(DT_REG): .file
        case Int(DT_UNKNOWN): self.kind(of: path + "/" + name) ?? .other
        default: .other
        }
      entries.append((name, kind))
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// The kind of thing at `path` itself, without following a link; nil if there is nothing.
  package static func kind(of path: String) -> EntryKind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return errno == ENOENT ? nil : .other }
    return switch status.st_mode & S_IFMT {
    case S_IFDIR: .folder
    case S_IFLNK: .link
    case S_IFREG: .file
    default: .other
    }
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

  /// True if there is anything at `path`.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The one absolute path, without links, of what is at `path`.
  package static func canonicalPath(_ path: String) throws(StorageError) -> String {
    guard let resolved = realpath(path, nil) else { throw StorageError(.read, path) }
    defer { free(resolved) }
    return String(cString: resolved)
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

  /// Removes the file at `path`.
  package static func removeFile(_ path: String) throws(StorageError) {
    guard unlink(path) == 0 else { throw StorageError(.remove, path) }
  }

  /// Removes `files` from the folder at `path`, then the folder, unless there is more in it.
  package static func removeFolder(_ path: String, files: [String]) {
    for file in files { unlink("\(path)/\(file)") }
    rmdir(path)
  }
}
