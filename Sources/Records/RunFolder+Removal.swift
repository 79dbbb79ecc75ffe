import Files

extension RunFolder {
  /// Bytes on disk of all its files, those that are hidden too.
  package func byteCount() throws(StorageError) -> Int { try opened().byteCount() }

  /// Bytes of the weights that were kept of single epochs.
  package func checkpointByteCount() throws(StorageError) -> Int {
    try opened().folder(Self.checkpointFolder)?.byteCount() ?? 0
  }

  /// Removes the folder with all that is in it; false if a process has the right to write to it.
  ///
  /// It loses its name first: whoever looks for runs finds all of it or nothing.
  package func remove() throws -> Bool {
    guard let lease = try takeLease() else { return false }
    defer { lease.release() }
    let runs = try Folder(Storage.parent(of: path))
    let hidden = ".removed-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    guard try runs.rename(name, to: hidden) else {
      preconditionFailure("a random name is taken")
    }
    try Storage.removeTree(runs.path(of: hidden))
    return true
  }

  /// Removes the weights that were kept of single epochs; false if a process has the right to write to the folder.
  package func removeCheckpoints() throws(StorageError) -> Bool {
    guard let lease = try takeLease() else { return false }
    defer { lease.retire() }
    try removeCheckpoints(after: 0)
    return true
  }
}
