import Glibc

/// A file that grows under the name `NAME.partial` and takes its own when it is whole.
///
/// One process at a time has it. What another has begun and not ended is taken up where that stopped.
package final class PartialFile {
  private let folder: Folder
  private let name: String
  private let lock: FileLock
  /// The number of bytes that it has.
  package private(set) var byteCount: Int

  private var temporaryName: String { "\(name).partial" }

  /// The path of the growing file.
  package var path: String { folder.path(of: temporaryName) }

  /// Takes up the file that is to be called `name` in `folder`, after waiting until no other process has it; `isWaiting`
  /// is called before. Returns nil if there is a file of that name by then.
  package init?(
    _ name: String, in folder: Folder, isWaiting: () -> Void = {}
  ) throws(StorageError) {
    let temporaryName = "\(name).partial"
    var lock = try folder.lock(temporaryName)
    if lock == nil { isWaiting() }
    // Whoever had it may have renamed or removed what was locked.
    while true {
      if let lock, lock.isOf(temporaryName, in: folder) { break }
      lock = try folder.lock(temporaryName, waits: true)
    }
    guard let lock else { return nil }
    self.folder = folder
    self.name = name
    self.lock = lock
    byteCount = max(0, Int(lseek(lock.descriptor, 0, SEEK_END)))
    if folder.kind(of: name) != nil {
      try folder.removeFile(temporaryName)
      return nil
    }
  }

  /// Adds `bytes` to its end.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    if let code = Storage.writeAll(bytes, to: lock.descriptor) {
      throw StorageError(.write, path, code: code)
    }
    byteCount += bytes.count
  }

  /// Removes all of its bytes.
  package func clear() throws(StorageError) {
    guard ftruncate(lock.descriptor, 0) == 0, lseek(lock.descriptor, 0, SEEK_SET) == 0 else {
      throw StorageError(.write, path)
    }
    byteCount = 0
  }

  /// Gives it its name, after its bytes have reached the disk.
  package func finish() throws(StorageError) {
    guard fsync(lock.descriptor) == 0 else { throw StorageError(.write, path) }
    _ = try folder.rename(temporaryName, to: name)
    try folder.synchronize()
  }

  /// Removes it.
  package func remove() throws(StorageError) { try folder.removeFile(temporaryName) }
}
