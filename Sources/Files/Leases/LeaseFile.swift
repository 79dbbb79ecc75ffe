import Glibc

/// The open file of a lease that this process holds, with its record.
struct LeaseFile: Sendable {
  let lock: FileLock
  private(set) var record: LeaseRecord

  /// The name of the file of the lease `number` on `right`.
  static func name(_ right: String, _ number: Int) -> String { "\(right).\(number)" }

  private init(_ lock: FileLock, _ record: LeaseRecord) {
    self.lock = lock
    self.record = record
  }

  // MARK: creating

  /// Creates the file of the lease `number` on `right`, with its record and a lock on it where the file system has locks;
  /// nil if there is such a file.
  init?(
    _ right: String, _ number: Int, in folder: Folder, _ terms: Lease.Terms
  ) throws(StorageError) {
    // The file appears with its record and its lock: a link to a complete file, where the file system has links.
    let draft = ".\(right).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
    let target = Self.name(right, number)
    let file = try Self.create(draft, in: folder, terms)
    defer { unlinkat(folder.descriptor, draft, 0) }
    // The answer of a server to a link that it has made may have been lost.
    let code = linkat(folder.descriptor, draft, folder.descriptor, target, 0) == 0 ? 0 : errno
    if code == 0 || file.lock.isOf(target, in: folder) {
      self = file
      return
    }
    if code == EEXIST { return nil }
    guard [EPERM, ENOSYS, EOPNOTSUPP, EMLINK, EXDEV].contains(code) else {
      throw StorageError(.create, folder.path(of: target), code: code)
    }
    do {
      self = try Self.create(target, in: folder, terms)
    } catch  where error.code == EEXIST {
      return nil
    }
  }

  /// Creates the file `name` with a record, and a lock on it if possible.
  private static func create(
    _ name: String, in folder: Folder, _ terms: Lease.Terms
  ) throws(StorageError) -> LeaseFile {
    let descriptor = openat(
      folder.descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw folder.error(.create, name) }
    let lock = FileLock(descriptor)
    var file = LeaseFile(lock, LeaseRecord(file: descriptor, isLocked: lock.take(), terms))
    guard file.write({ _ in }) else {
      let code = errno
      unlinkat(folder.descriptor, name, 0)
      throw StorageError(.create, folder.path(of: name), code: code)
    }
    return file
  }

  /// Takes over the file of the lease on `right` that another process handed to this one as an open file; nil if there is
  /// no such file, or another process has the right meanwhile.
  static func inherited(
    _ descriptor: Int32, _ right: String, in folder: Folder
  ) -> (file: LeaseFile, number: Int)? {
    guard let lock = FileLock(inherited: descriptor) else { return nil }
    var number = 1
    while folder.kind(of: name(right, number + 1)) != nil { number += 1 }
    var text = [UInt8](repeating: 0, count: LeaseRecord.limit)
    let count = pread(descriptor, &text, text.count, 0)
    guard lock.isOf(name(right, number), in: folder), count >= 0,
      let old = LeaseRecord(Array(text[..<count])), !old.isOver
    else { return nil }
    var record = LeaseRecord(file: descriptor, isLocked: old.lockedIn != nil, old.terms)
    record.renewals = old.renewals
    return (LeaseFile(lock, record), number)
  }

  // MARK: writing

  /// Writes the record as `change` leaves it, so that the file server gives the file the time of its clock; returns false
  /// if that fails.
  mutating func write(_ change: (inout LeaseRecord) -> Void) -> Bool {
    change(&record)
    let text = record.text()
    return pwrite(lock.descriptor, text, text.count, 0) == text.count
      && ftruncate(lock.descriptor, off_t(text.count)) == 0 && fsync(lock.descriptor) == 0
  }
}

extension Lease {
  /// The name of the file of the first lease on `right`.
  package static func firstFile(of right: String) -> String { LeaseFile.name(right, 1) }

  /// The names in `folder` of the leases on `right`, past ones too.
  package static func files(of right: String, in folder: Folder) throws(StorageError) -> [String] {
    try folder.entries().map(\.name).filter { file in
      file.hasPrefix(right + ".") && Int(file.dropFirst(right.count + 1)) != nil
    }
  }
}
