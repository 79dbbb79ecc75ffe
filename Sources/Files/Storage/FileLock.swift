import Glibc

/// A lock on a file that only one process can hold, and that is released when its process ends in any way.
package final class FileLock: Sendable {
  /// The open file: a child that inherits it shares the lock.
  package let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Takes over the lock that the parent process handed to this one as an open file; nil if there is no such file.
  /// Children of this process do not inherit it.
  package init?(inherited descriptor: Int32) {
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Takes the lock on the file, which errors call `name`; returns false if another process holds it, unless this
  /// `waits`.
  func take(waits: Bool, name: String) throws(StorageError) -> Bool {
    while !control(waits ? Self.setAndWait : Self.set) {
      if [EAGAIN, EACCES].contains(errno) { return false }
      guard errno == EINTR else { throw StorageError(.write, name) }
    }
    return true
  }

  /// True if another opening of the file holds the lock, or if that is unknown.
  var isTakenByOthers: Bool {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    return fcntl(descriptor, Self.query, &lock) != 0 || lock.l_type != Int16(F_UNLCK)
  }

  /// True if this locks the file `name` in `folder`.
  package func isOf(_ name: String, in folder: Folder) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(descriptor, &own) == 0
      && fstatat(folder.descriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0
      && (own.st_dev, own.st_ino) == (named.st_dev, named.st_ino)
  }

  private func control(_ command: Int32) -> Bool {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    return fcntl(descriptor, command, &lock) == 0
  }

  // Locks of open files, not of processes: closing another descriptor of the same file does not end them. Linux's
  // numbers, which Swift does not see.
  private static let query: Int32 = 36  // F_OFD_GETLK
  private static let set: Int32 = 37  // F_OFD_SETLK
  private static let setAndWait: Int32 = 38  // F_OFD_SETLKW
}
