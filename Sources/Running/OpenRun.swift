import Files
import Records

/// A run that this process alone may write to, with its saved state.
package struct OpenRun: Sendable {
  package let folder: RunFolder
  /// The right to write to the folder, which ends with this.
  package let lease: Lease
  package let manifest: Manifest
  /// The state from which it resumes; nil if it starts at the beginning.
  let state: SavedState?

  /// The position from which it resumes, in words; nil for a new run.
  package var place: String? { manifest.resumptions.last?.place }

  /// Records what another process needs to execute the run, and leaves the lease to it.
  package func handOver() throws {
    lease.handOver()
    // The manifest of a new run is written already.
    if !manifest.resumptions.isEmpty { try folder.write(manifest) }
  }
}
