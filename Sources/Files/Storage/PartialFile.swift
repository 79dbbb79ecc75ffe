import Glibc

/// A file that grows under the name `NAME.partial` and takes its own when it is whole.
///
/// One process at a time makes it, on all machines that share the folder: the one that has the lease `.NAME.lease`. What
/// another has begun and certainly does not go on with is taken up where that stopped. Of one that might come back nothing
/// is touched: the file grows anew under a name of its own. Once it is whole, whatever others left of it is removed.
package final class PartialFile {
  private let folder: Folder
  private let name: String
  private let temporaryName: String
  private let lease: Lease
  /// True if a process that had it before might come back.
  private let hasRival: Bool
  private let descriptor: Int32
  private var isFinished = false
  /// The number of bytes that it has.
  package private(set) var byteCount: Int

  /// The path of the growing file.
  package var path: String { folder.path(of: temporaryName) }

  /// Takes up the file that is to be called `name` in `folder`, after waiting until no other process has it; `isWaiting`
  /// is called before. Returns nil if there is a file of that name by then.
  package init?(
    _ name: String, in folder: Folder, isWaiting: () -> Void = {}
  ) throws(StorageError) {
    let right = try folder.awaitLease(
      ".\(name).lease", unless: { folder.kind(of: name) != nil }, isWaiting: isWaiting)
    guard let (lease, hasRival) = right else { return nil }
    let part = hasRival ? ".\(String(UInt64.random(in: 0...UInt64.max), radix: 36))" : ""
    temporaryName = "\(name).partial\(part)"
    descriptor = try folder.openForWriting(temporaryName, O_WRONLY | O_APPEND, .create)
    byteCount = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    self.folder = folder
    self.name = name
    self.lease = lease
    self.hasRival = hasRival
  }

  deinit {
    close(descriptor)
    if isFinished { return }
    if hasRival {
      // Nobody else takes up what has a name of its own. The lease stays, and with it the doubt.
      unlinkat(folder.descriptor, temporaryName, 0)
    } else {
      lease.retire()
    }
  }

  /// Adds `bytes` to its end.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    // If another process has the right now, that one has a file of its own, too.
    lease.renewIfDue()
    if let code = Storage.writeAll(bytes, to: descriptor) {
      throw StorageError(.write, path, code: code)
    }
    byteCount += bytes.count
  }

  /// Removes all of its bytes.
  package func clear() throws(StorageError) {
    guard ftruncate(descriptor, 0) == 0 else { throw StorageError(.write, path) }
    byteCount = 0
  }

  /// Gives it its name, after its bytes have reached the disk.
  package func finish() throws(StorageError) {
    guard fsync(descriptor) == 0 else { throw StorageError(.write, path) }
    // Whatever leases promise, nobody else must have written to it.
    guard Int(lseek(descriptor, 0, SEEK_END)) == byteCount else {
      throw StorageError(.write, path, code: EBUSY)
    }
    _ = try folder.rename(temporaryName, to: name)
    isFinished = true
    try folder.synchronize()
    removeRemains()
    lease.retire()
  }

  /// True if another process has made the file, so that nothing is lost if this one fails to.
  package var isOvertaken: Bool { !isFinished && folder.kind(of: name) != nil }

  /// Removes what others began and left. One of them that comes back finds the file whole.
  private func removeRemains() {
    let remains = (try? folder.names())?.filter {
      $0 == "\(name).partial" || $0.hasPrefix("\(name).partial.")
    }
    for remain in remains ?? [] { unlinkat(folder.descriptor, remain, 0) }
  }

  /// Removes it.
  package func remove() throws(StorageError) { try folder.removeFile(temporaryName) }
}
