import Files
import Records

/// The claims of cells below a folder of runs. A cell is an experiment, a seed and, where there
/// are folds, one of them; whoever has its claim makes its run,
/// and leaves the run's folder as the claim's outcome. The claims lie in the hidden folder `.claims`, a file each:
/// `<spec hash>_seed-3.1`. They can be deleted when nothing runs, since the runs' own folders tell what is done.
struct CellClaims {
  private let root: String

  private static let folder = ".claims"

  init(root: String) { self.root = root }

  /// The state of a cell's claim.
  struct State {
    /// What is found in its files.
    let lease: LeaseState
    /// The folder of the run that the last claim led to.
    let folder: RunFolder?

    /// True if another process is about to make the cell's run.
    var isHeld: Bool { lease.isHeld }

    /// True if somebody had the claim and did not say what came of it.
    var saysNothing: Bool { lease != .free && lease.outcome == nil }
  }

  /// The state of the claim of the cell `identity`.
  func state(of identity: RunRequest.Identity) throws(StorageError) -> State {
    guard Storage.exists(root), let claims = try Folder(root).folder(Self.folder) else {
      return State(lease: .free, folder: nil)
    }
    let lease = claims.lease(Self.name(identity))
    return State(lease: lease, folder: lease.outcome.flatMap(folder(named:)))
  }

  /// True if the cell `identity` has ever been claimed.
  func exists(of identity: RunRequest.Identity) -> Bool {
    Storage.exists("\(root)/\(Self.folder)/\(Lease.firstFile(of: Self.name(identity)))")
  }

  /// Claims the cell `identity`, whose claim was examined as `state`; nil if another process was quicker.
  func take(_ identity: RunRequest.Identity, after state: State) throws(StorageError) -> Lease? {
    try Storage.createFolder(root)
    return try Folder(root).createFolder(Self.folder)
      .takeLease(Self.name(identity), after: state.lease)
  }

  /// Gives a claim up that led to the run in `folder`.
  func settle(_ claim: Lease, with folder: RunFolder) {
    let experiment = Storage.name(of: Storage.parent(of: folder.path))
    claim.release(outcome: "\(experiment)/\(folder.name)")
  }

  /// The run folder that an outcome names, unless it leads elsewhere.
  private func folder(named outcome: String) -> RunFolder? {
    let parts = outcome.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let experiment = RunFolder(named: parts[0], in: root) else {
      return nil
    }
    return RunFolder(named: parts[1], in: experiment.path)
  }

  private static func name(_ identity: RunRequest.Identity) -> String {
    "\(identity.specHash)_\(identity.repetition.folderName)"
  }
}
