import Files

/// The position in training at which a run saved its state.
package struct StatePosition: Hashable, Comparable, Sendable {
  /// The number of complete epochs.
  package let epoch: Int
  /// The number of steps done in the current epoch.
  package let step: Int

  /// The position after `step` steps of the epoch that follows `epoch`.
  package init(epoch: Int, step: Int) {
    self.epoch = epoch
    self.step = step
  }

  /// Earlier positions come first.
  package static func < (left: StatePosition, right: StatePosition) -> Bool {
    (left.epoch, left.step) < (right.epoch, right.step)
  }
}

/// The saved states from which `exp resume` continues. The folder `state` has the last two. A file's name contains its
/// position and the SHA-256 of its contents, so that all of these appear at once or not at all.
extension RunFolder {
  private static let stateFolder = "state"
  private static let suffix = ".safetensors"

  var statePath: String { path + "/" + Self.stateFolder }
  var lockPath: String { statePath + "/lock" }

  // MARK: one process at a time

  /// The right to write to the folder, which ends with this process; nil if another process has it.
  package func lock() throws(StorageError) -> FileLock? {
    _ = try Storage.createNewFolder(statePath)
    return try FileLock.take(lockPath)
  }

  /// True if a process has the right to write to the folder.
  package var isLocked: Bool { FileLock.isTaken(lockPath) }

  /// Removes files that a killed process left half-written. Only the holder of the lock may call this.
  package func removeTemporaryFiles() throws(StorageError) {
    let folders = [
      path, statePath, path + "/" + Self.checkpointFolder, path + "/" + Self.mistakesFolder,
    ]
    for folder in folders where Storage.isFolder(folder) {
      try Storage.removeTemporaryFiles(in: folder)
    }
  }

  // MARK: saved states

  /// True if there may be saved states.
  package var hasState: Bool { Storage.isFolder(statePath) }

  /// Saves `bytes` as the state from which the run resumes, and keeps only the last of the earlier states.
  package func writeState(_ bytes: [UInt8], at position: StatePosition) throws(StorageError) {
    let file = StateFile(position: position, checksum: SHA256.hexDigest(of: bytes))
    _ = try Storage.createNewFolder(statePath)
    try Storage.write(bytes, to: path(of: file))
    let others = try stateFiles().filter { $0 != file }
    let kept = others.last { $0.position < position }
    for old in others where old != kept { try Storage.removeFile(path(of: old)) }
  }

  /// Decodes the last saved state that is not damaged; nil if there is none.
  ///
  /// - Parameter warn: called with the errors of damaged states.
  package func readState<State>(
    _ decode: ([UInt8]) throws -> State, warn: (any Error) -> Void
  ) throws(StorageError) -> State? {
    for file in try stateFiles().reversed() {
      let bytes = try Storage.read(path(of: file), limit: .max)
      do {
        guard SHA256.hexDigest(of: bytes) == file.checksum else {
          throw DamagedFileError(
            path: path(of: file), reason: "its checksum is not the one in its name")
        }
        return try decode(bytes)
      } catch {
        warn(error)
      }
    }
    return nil
  }

  /// Removes the folder `state`, which a complete run no longer needs.
  package func removeState() throws(StorageError) {
    for file in try stateFiles() { try Storage.removeFile(path(of: file)) }
    Storage.removeFolder(statePath, files: [Storage.name(of: lockPath)])
  }

  /// The saved states in the order of their positions.
  private func stateFiles() throws(StorageError) -> [StateFile] {
    guard Storage.isFolder(statePath) else { return [] }
    return try Storage.names(in: statePath).compactMap(StateFile.init)
      .sorted { $0.position < $1.position }
  }

  private func path(of file: StateFile) -> String { statePath + "/" + file.name }

  /// `epoch-3_step-120_9f86d0….safetensors`
  private struct StateFile: Equatable {
    let position: StatePosition
    /// SHA-256 of the contents, in hexadecimal.
    let checksum: String

    var name: String {
      "epoch-\(position.epoch)_step-\(position.step)_\(checksum)\(RunFolder.suffix)"
    }

    init(position: StatePosition, checksum: String) {
      self.position = position
      self.checksum = checksum
    }

    /// The file with that name; nil if it is not the name of a saved state.
    init?(name: String) {
      let parts = name.dropLast(RunFolder.suffix.count).split(separator: "_")
      guard parts.count == 3, let epoch = Int(parts[0].dropFirst("epoch-".count)),
        let step = Int(parts[1].dropFirst("step-".count))
      else { return nil }
      self.init(position: StatePosition(epoch: epoch, step: step), checksum: String(parts[2]))
      guard self.name == name else { return nil }
    }
  }
}
