import Glibc

/// The open file of a lease, with a lock on it that only one process can hold, and that is released when its process ends
/// in any way.
final class FileLock: Sendable {
  /// The open file: a child that inherits it shares the lock.
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Takes over the lock that the parent process handed to this one as an open file; nil if there is no such file.
  /// Children of this process do not inherit it.
  init?(inherited descriptor: Int32) {
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Takes the lock; returns false where that is impossible, as on file systems without locks.
  func take() -> Bool {
    var lock = Self.wish
    return fcntl(descriptor, Self.set, &lock) == 0
  }

  /// True if another opening of the file holds the lock, or if that is unknown.
  var isTakenByOthers: Bool {
    var lock = Self.wish
    return fcntl(descriptor, Self.query, &lock) != 0 || lock.l_type != Int16(F_UNLCK)
  }

  /// True if this locks the file `name` in `folder`.
  func isOf(_ name: String, in folder: Folder) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(descriptor, &own) == 0
      && fstatat(folder.descriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0
      && (own.st_dev, own.st_ino) == (named.st_dev, named.st_ino)
  }

  /// The lock on all of the file.
  private static var wish: flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    return lock
  }

  // Locks of open files, not of processes: closing another descriptor of the same file does not end them. Linux's
  // numbers, which Swift does not see.
  private static let query: Int32 = 36  // F_OFD_GETLK
  private static let set: Int32 = 37  // F_OFD_SETLK
}
