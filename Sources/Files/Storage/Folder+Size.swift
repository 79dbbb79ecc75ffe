import Glibc

extension Folder {
  /// Bytes of all files in it and in the folders below, hidden ones too. Links count for nothing.
  package func byteCount() throws(StorageError) -> Int {
    var sum = 0
    for (name, kind) in try allEntries(where: { $0 != "." && $0 != ".." }) {
      if kind == .folder {
        sum += try folder(name)?.byteCount() ?? 0
      } else if kind == .file {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
        sum += Int(status.st_size)
      }
    }
    return sum
  }
}
