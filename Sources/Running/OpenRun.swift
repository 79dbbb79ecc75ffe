import Files
import Records

/// A run that only this process may write to, and how far it has come.
package struct OpenRun: Sendable {
  package let folder: RunFolder
  /// The right to write to the folder, which ends with this.
  package let lock: FileLock
  package let manifest: Manifest
  /// What it goes on from; nil if it starts at the beginning.
  let state: SavedState?

  /// Where it goes on, in words; nil if it begins.
  package var place: String? { manifest.resumptions.last?.place }

  /// Records what the process that executes the run must know, if that is not this one.
  package func handOver() throws {
    // What begins is recorded already.
    if !manifest.resumptions.isEmpty { try folder.write(manifest) }
  }
}
