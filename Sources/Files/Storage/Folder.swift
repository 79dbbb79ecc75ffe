import Glibc

/// An open folder, through which everything in it is reached.
///
/// The way to the folder may contain links; nothing in it is followed, so that whoever made its contents cannot lead
/// out of it. Whatever takes the folder's place later is not touched.
package final class Folder: Sendable {
  /// The path by which it was opened, for messages.
  package let path: String
  let descriptor: Int32

  private init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Opens the folder at `path`.
  package convenience init(_ path: String) throws(StorageError) {
    let descriptor = open(path, Self.handle)
    guard descriptor >= 0 else { throw StorageError(.read, path) }
    self.init(descriptor, path: path)
  }

  // With O_PATH, a number that Swift does not see: only lists of names take the permission to read the folder.
  private static let handle = 0o10000000 | O_DIRECTORY | O_CLOEXEC

  /// The path of `name` in it, for messages.
  package func path(of name: String) -> String { path + "/" + name }

  /// The error that `operation` on `name` just failed with.
  func error(
    _ operation: StorageError.Operation, _ name: String, code: Int32 = errno
  ) -> StorageError {
    // Links are refused with either, which would read as something else.
    let parts = name.split(separator: "/")
    let isLink =
      [ELOOP, ENOTDIR].contains(code)
      && parts.indices.contains { kind(of: parts[...$0].joined(separator: "/")) == .link }
    return StorageError(operation, path(of: name), code: code, isLink ? .link : nil)
  }

  /// Opens what has the relative path `name` in it, and follows no link on the way; -1 with `errno` if that fails.
  func openInside(_ name: String, _ flags: Int32) -> Int32 {
    let parts = name.split(separator: "/").map(String.init)
    var folder = self
    for part in parts.dropLast() {
      let inner = openat(folder.descriptor, part, Self.handle | O_NOFOLLOW)
      guard inner >= 0 else { return inner }
      folder = Folder(inner, path: folder.path(of: part))
    }
    return openat(folder.descriptor, parts.last ?? "", flags | O_NOFOLLOW)
  }

  // MARK: what is in it

  /// The kind of thing that `name` is; nil if there is nothing.
  package func kind(of name: String) -> EntryKind? {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return errno == ENOENT ? nil : .other
    }
    return EntryKind(status)
  }

  /// The folder `name` in it; nil if there is nothing of that name.
  package func folder(_ name: String) throws(StorageError) -> Folder? {
    let folder = openInside(name, Self.handle)
    if folder < 0, errno == ENOENT { return nil }
    guard folder >= 0 else { throw error(.read, name) }
    return Folder(folder, path: path(of: name))
  }

  /// The names in it, sorted, without hidden ones.
  package func names() throws(StorageError) -> [String] { try entries().map(\.name) }

  /// The things in it, sorted by name, without hidden ones.
  package func entries() throws(StorageError) -> [(name: String, kind: EntryKind)] {
    try allEntries { $0.utf8.first != UInt8(ascii: ".") }
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0

  /// The things in it, hidden ones too, whose names `isWanted` accepts, sorted by name.
  package func allEntries(
    where isWanted: (String) -> Bool
  ) throws(StorageError) -> [(name: String, kind: EntryKind)] {
    let reading = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard reading >= 0 else { throw StorageError(.read, path) }
    guard let list = fdopendir(reading) else {
      let code = errno
      close(reading)
      throw StorageError(.read, path, code: code)
    }
    defer { closedir(list) }
    var entries: [(name: String, kind: EntryKind)] = []
    errno = 0
    while let entry = readdir(list) {
      // Read in place, since a copy of the whole field would read beyond the entry.
      let name = String(
        cString: UnsafeRawPointer(entry).advanced(by: Self.nameOffset)
          .assumingMemoryBound(to: CChar.self))
      if isWanted(name) {
        let kind: EntryKind =
          switch Int(entry.pointee.d_type) {
          case Int(DT_DIR): .folder
          case Int(DT_LNK): .link
          case Int(DT_REG): .file
          case Int(DT_UNKNOWN): kind(of: name) ?? .other
          default: .other
          }
        entries.append((name, kind))
      }
      errno = 0
    }
    guard errno == 0 else { throw StorageError(.read, path) }
    return entries.sorted { $0.name < $1.name }
  }
}

/// The kinds of entries of a folder.
package enum EntryKind: CaseIterable, Sendable {
  case folder, link, file, other

  init(_ status: stat) {
    self =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFREG: .file
      default: .other
      }
  }
}
