import Glibc

extension Folder {
  /// The time by the clock that gives files in the folder their times: the file server's, which all machines share. In
  /// nanoseconds since 1970; nil if nothing can be written there.
  package var time: Int? {
    let name = ".time.\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { return nil }
    defer {
      close(file)
      unlinkat(descriptor, name, 0)
    }
    var status = stat()
    guard Storage.writeAll([0], to: file) == nil, fsync(file) == 0, fstat(file, &status) == 0
    else { return nil }
    return FileStamp(status).modified
  }
}
