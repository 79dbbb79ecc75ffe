import Files
import TextLayout

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
  static let stateFolder = "state"
  /// The name of the right to write to the folder.
  static let lease = "lease"
  private static let suffix = ".safetensors"

  // MARK: one process at a time

  /// The state of the right to write to the folder.
  package var lease: LeaseState {
    do {
      return try opened().folder(Self.stateFolder)?.lease(Self.lease) ?? .free
    } catch {
      return error.isMissing ? .free : .held(by: nil)
    }
  }

  /// The name of the folder beside this one in which another process went on with the run; nil if none did.
  package var successor: String? { lease.outcome?.withoutControlCharacters }

  /// The run's folder `name` in `parent`, as a lease's outcome has it; nil if that may lead elsewhere.
  package init?(named name: some StringProtocol, in parent: String) {
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"),
      !name.unicodeScalars.contains(where: \.steersTerminal)
    else { return nil }
    self.init(path: "\(parent)/\(name)")
  }

  /// The folder in which another process went on with the run; nil if none did.
  package var successorFolder: RunFolder? {
    lease.outcome.flatMap { RunFolder(named: $0, in: Storage.parent(of: path)) }
  }

  /// True if a process has the right to write to the folder, or if that is unknown.
  package var isHeld: Bool { lease.isHeld }

  /// Takes the right to write to the folder, whose examined state is `state`, or else found out now; nil if another
  /// process has it. The right ends with this process.
  package func takeLease(after state: LeaseState? = nil) throws(StorageError) -> Lease? {
    try opened().createFolder(Self.stateFolder).takeLease(Self.lease, after: state ?? lease)
  }

  /// Takes over the right to write to this very folder, which another process handed to this one as an open file; nil if
  /// that is not the right to this folder.
  package func takeLease(inherited descriptor: Int32) throws(StorageError) -> Lease? {
    try opened().folder(Self.stateFolder).flatMap {
      Lease(inherited: descriptor, Self.lease, in: $0)
    }
  }

  /// Removes files that a killed process left half-written. Only the holder of the lease may call this.
  package func removeTemporaryFiles() throws(StorageError) {
    let folder = try opened()
    try folder.removeTemporaryFiles()
    for name in [Self.stateFolder, Self.checkpointFolder, Self.mistakesFolder] {
      try folder.folder(name)?.removeTemporaryFiles()
    }
    // Evaluations are written without the lease, also at this moment.
    guard let evaluations = try folder.folder(Self.evaluationsFolder) else { return }
    for entry in try evaluations.entries() where entry.kind == .folder {
      try evaluations.folder(entry.name)?
        .removeTemporaryFiles(unchangedFor: 3600 * 1_000_000_000)
    }
  }

  // MARK: saved states

  /// True if there may be saved states.
  package var hasState: Bool { (try? opened().kind(of: Self.stateFolder)) == .folder }

  /// Saves `bytes` as the state from which the run resumes, and keeps only the last of the earlier states.
  package func writeState(_ bytes: [UInt8], at position: StatePosition) throws(StorageError) {
    let file = StateFile(position: position, checksum: SHA256.hexDigest(of: bytes))
    let folder = try opened().createFolder(Self.stateFolder)
    try folder.write(bytes, to: file.name)
    let others = try StateFile.all(in: folder, [.file]).filter { $0 != file }
    let kept = others.last { $0.position < position }
    for old in others where old != kept { try folder.removeFile(old.name) }
  }

  /// Decodes the last saved state that is not damaged; nil if there is none.
  ///
  /// - Parameters:
  ///   - limit: the most bytes that a state of the run can have.
  ///   - warn: called with the errors of damaged and unreadable states.
  package func readState<State>(
    limit: Int, _ decode: ([UInt8]) throws -> State, warn: (any Error) -> Void
  ) throws(StorageError) -> State? {
    guard let folder = try opened().folder(Self.stateFolder) else { return nil }
    for file in try StateFile.all(in: folder, Set(EntryKind.allCases)).reversed() {
      do {
        let bytes = try folder.read(file.name, limit: limit)
        guard SHA256.hexDigest(of: bytes) == file.checksum else {
          throw DamagedFileError(
            path: folder.path(of: file.name), reason: "its checksum is not the one in its name")
        }
        do {
          return try decode(bytes)
        } catch {
          throw DamagedFileError(path: folder.path(of: file.name), reason: "\(error)")
        }
      } catch {
        warn(error)
      }
    }
    return nil
  }

  /// Removes the folder `state`, which a complete run no longer needs.
  package func removeState() throws(StorageError) {
    let folder = try opened()
    guard let states = try folder.folder(Self.stateFolder) else { return }
    for file in try StateFile.all(in: states, [.file]) { try states.removeFile(file.name) }
    folder.removeFolder(Self.stateFolder, files: try Lease.files(of: Self.lease, in: states))
  }

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

    /// The saved states in `folder` of these `kinds`, in the order of their positions.
    static func all(
      in folder: Folder, _ kinds: Set<EntryKind>
    ) throws(StorageError) -> [StateFile] {
      try folder.entries().filter { kinds.contains($0.kind) }.compactMap {
        StateFile(name: $0.name)
      }
      .sorted { $0.position < $1.position }
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
