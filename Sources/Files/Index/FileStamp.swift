import Glibc

/// The file system's record of a file. It changes with the file, whatever is done to that: writing changes its times
/// (the change time even where somebody sets the modification time back), replacing it its number.
package struct FileStamp: Hashable, BitwiseCopyable {
  package let device: UInt
  package let number: UInt
  package let size: Int
  /// Nanoseconds since 1970, like `changed`.
  package let modified: Int
  package let changed: Int

  /// The size in bytes of a stamp in an index.
  package static let byteCount = MemoryLayout<FileStamp>.size

  package init(_ status: stat) {
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
    size = status.st_size
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// The stamp of the file at `path`; nil if there is none, or it is inaccessible.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The stamp of the file at `path` itself; nil if there is none, or a link.
  init?(ofFileAt path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, EntryKind(status) == .file else { return nil }
    self.init(status)
  }

  /// The stamp of the running program.
  package static let program = FileStamp(path: "/proc/self/exe")

  /// True if the file had been unchanged for `nanoseconds` at `moment`. The clocks of file systems are coarse, and a
  /// second change within the same tick leaves the stamp as it is.
  package func isSettled(for nanoseconds: Int, at moment: Int) -> Bool {
    max(modified, changed) < moment - nanoseconds
  }

  /// Nanoseconds since 1970 began.
  package static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return nanoseconds(time)
  }

  /// Times before 1970, or too late to be counted in nanoseconds, become the nearest that can be, so that the difference of
  /// any two is a number, and the order remains.
  private static func nanoseconds(_ time: timespec) -> Int {
    let seconds = min(max(time.tv_sec, 0), Int.max / 1_000_000_000 - 1)
    return seconds * 1_000_000_000 + time.tv_nsec
  }
}
