import Glibc

/// A lock on a file that only one process can hold, and that is released when its process ends in any way.
package final class FileLock: Sendable {
  /// The open file: a child that inherits it shares the lock.
  package let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Takes over the lock that the parent process handed to this one as an open file; nil if there is no such file.
  /// Children of this process do not inherit it.
  package init?(inherited descriptor: Int32) {
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The lock on the file at `path`, which is created if it is missing; nil if another process holds it, unless this
  /// `waits`.
  package static func take(
    _ path: String, waits: Bool = false
  ) throws(StorageError) -> FileLock? {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw StorageError(.create, path) }
    let lock = FileLock(file)
    while !control(file, waits ? Self.setAndWait : Self.set, Int16(F_WRLCK)) {
      if [EAGAIN, EACCES].contains(errno) { return nil }
      guard errno == EINTR else { throw StorageError(.write, path) }
    }
    return lock
  }

  /// True if a process holds the lock on the file at `path`, or if that is unknown, as with another user's file. The
  /// check does not disturb other processes.
  package static func isTaken(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return ![ENOENT, ENOTDIR].contains(errno) }
    defer { close(file) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    return fcntl(file, query, &lock) != 0 || lock.l_type != Int16(F_UNLCK)
  }

  private static func control(_ file: Int32, _ command: Int32, _ type: Int16) -> Bool {
    var lock = flock()
    lock.l_type = type
    return fcntl(file, command, &lock) == 0
  }

  // Locks of open files, not of processes: closing another descriptor of the same file does not end them. Linux's
  // numbers, which Swift does not see.
  private static let query: Int32 = 36  // F_OFD_GETLK
  private static let set: Int32 = 37  // F_OFD_SETLK
  private static let setAndWait: Int32 = 38  // F_OFD_SETLKW
}
