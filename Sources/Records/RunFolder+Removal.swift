import Files

extension RunFolder {
  /// Bytes of all its files, those that are hidden too.
  package func byteCount() throws(StorageError) -> Int { try opened().byteCount() }

  /// Bytes of the weights that were kept of single epochs.
  package func checkpointByteCount() throws(StorageError) -> Int {
    let folder = try opened()
    // A link in its place is no folder.
    guard folder.kind(of: Self.checkpointFolder) == .folder else { return 0 }
    return try folder.folder(Self.checkpointFolder)?.byteCount() ?? 0
  }

  /// Removes the folder with all that is in it, behind all links to it; false if a process has the right to write to it.
  ///
  /// It loses its name first: whoever looks for runs finds all of it or nothing. If it cannot be emptied, the error has
  /// the name that the rest has from then on.
  package func remove() throws(StorageError) -> Bool {
    let former = lease
    guard let lease = try takeLease(after: former) else { return false }
    // What the last process said of the run stays said, if the run does.
    defer { lease.release(outcome: former.outcome) }
    let place = try Storage.canonicalPath(path)
    let runs = try Folder(Storage.parent(of: place))
    let hidden = Self.removedPrefix + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    guard try runs.rename(Storage.name(of: place), to: hidden) else {
      preconditionFailure("a random name is taken")
    }
    // With what a removal left that was killed. One that goes on may be quicker.
    for (name, _) in try runs.allEntries(where: { $0.hasPrefix(Self.removedPrefix) }) {
      do {
        try Storage.removeTree(runs.path(of: name))
      } catch  where name != hidden || error.isMissing {
        continue
      }
    }
    // And what a process left that was killed while it began a run.
    for (name, _) in try runs.allEntries(where: { $0.hasPrefix(Self.newPrefix) }) {
      let new = RunFolder(path: runs.path(of: name))
      if case .over(let past) = new.lease, past.isCertain { try? Storage.removeTree(new.path) }
    }
    return true
  }

  /// The beginning of the names of folders that are being removed.
  private static let removedPrefix = ".removed-"

  /// Removes the weights that were kept of single epochs; false if a process has the right to write to the folder.
  ///
  /// It takes no such right, and so changes nothing of what is known of the run.
  package func removeCheckpoints() throws(StorageError) -> Bool {
    if isHeld { return false }
    let folder = try opened()
    // A link in its place is no folder.
    guard folder.kind(of: Self.checkpointFolder) == .folder else { return true }
    try Storage.removeTree(folder.path(of: Self.checkpointFolder))
    return true
  }
}
