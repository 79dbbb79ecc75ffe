import Runs

/// A run that only this process may write to, and how far it has come.
public struct OpenRun: Sendable {
  public let folder: RunFolder
  /// The right to write to the folder, which ends with this.
  public let lock: FileLock
  let manifest: Manifest
  /// What it goes on from; nil if it starts at the beginning.
  let state: SavedState?

  /// Where it goes on, in words; nil if it begins.
  public var place: String? { manifest.resumptions.last?.place }
}
