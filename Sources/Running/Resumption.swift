import Datasets
import Diagnostics
import Files
import Learning
import Plans
import Records
import Tensors

/// A run that stopped on its way, ready to go on exactly as if it had not.
package struct Resumption {
  package let runner: Runner
  package let run: OpenRun
  package let seed: Int

  /// Prepares the run in `folder`.
  ///
  /// With its `lock`, the run was handed over by the process that began it or went on with it, and recorded so.
  ///
  /// - Parameters:
  ///   - lock: the right to write to the folder, if this process has it already.
  ///   - loader: what has the data, or loads it.
  ///   - warn: is told of saved states that are damaged, so that the run goes on from an earlier one.
  /// - Throws: `ResumptionError` if it cannot go on here; `Diagnostics` if its resolved spec is damaged;
  ///   `DatasetError`, `StorageError`, `DamagedFileError`.
  package init(
    of folder: RunFolder, lock: FileLock? = nil, context: RunContext, backend: any Backend,
    locations: DataLocations, loader: inout DataLoader, warn: (any Error) -> Void
  ) throws {
    func manifest() throws -> Manifest {
      let manifest = try folder.manifest()
      if let reason = manifest.finality { throw ResumptionError(folder: folder, reason) }
      return manifest
    }
    // Asked first, since the folder of a run that is over stays as it is.
    let last = try manifest()
    let isHandedOver = lock != nil
    guard let lock = try lock ?? folder.lock() else {
      throw ResumptionError(
        folder: folder,
        "it is running, on \(last.lastHost) as process \(last.lastProcess)", isElsewhere: true)
    }
    var current = try manifest()
    // Results would not be to the bit what they would have been.
    if let difference = current.differences(from: context).first {
      throw ResumptionError(folder: folder, difference, hint: Self.anew)
    }
    let state = try folder.readState(SavedState.init, warn: warn)
    if state == nil, folder.mayHaveEpochs { warn(LostStateError(folder: folder)) }
    // What the run has learned takes the place of the weights that it started from.
    let plan = try PlanReader(locations, readsWeights: state == nil).plan(of: folder)
    if let change = current.change(of: plan) {
      throw ResumptionError(folder: folder, change, hint: Self.anew)
    }
    let data = try loader.data(of: plan)
    if let change = current.changes(of: data.description).first {
      throw ResumptionError(folder: folder, change, hint: Self.anew)
    }
    if isHandedOver {
      current.handOver(to: context.machine)
    } else {
      current.resume(
        Manifest.Resumption(
          command: context.command, host: context.machine.host, pid: context.machine.pid,
          threads: context.machine.threads,
          epoch: state?.position.epoch ?? 0, step: state?.position.step ?? 0))
    }
    runner = Runner(plan, data: data, backend: backend)
    run = OpenRun(folder: folder, lock: lock, manifest: current, state: state)
    seed = current.seed
  }

  private static let anew = "'exp run FILE' with its spec.yaml starts it anew"
}

extension RunFolder {
  /// Whether epochs are recorded; what cannot be read may tell of some.
  fileprivate var mayHaveEpochs: Bool {
    guard contains(.history) else { return false }
    do {
      return try !history().records.isEmpty
    } catch {
      return true
    }
  }
}

/// A run that had come some way has no saved state to go on from.
struct LostStateError: Error, CustomStringConvertible {
  let folder: RunFolder

  var description: String {
    "\(folder.path) has no saved state to go on from: it starts at the beginning again"
  }
}

/// Why a run cannot go on.
package struct ResumptionError: Error, CustomStringConvertible {
  package let folder: RunFolder
  package let reason: String
  /// A way out, if there is one.
  package let hint: String?
  /// Whether another process has it.
  let isElsewhere: Bool

  init(
    folder: RunFolder, _ reason: String, hint: String? = nil, isElsewhere: Bool = false
  ) {
    (self.folder, self.reason, self.hint) = (folder, reason, hint)
    self.isElsewhere = isElsewhere
  }

  package var description: String {
    "cannot resume \(folder.path): \(reason)" + (hint.map { "\nhint: \($0)" } ?? "")
  }
}

extension Manifest {
  /// Why there is nothing to go on with; nil if there is.
  fileprivate var finality: String? {
    switch status {
    case .completed: "it is complete"
    case .diverged: "it diverged, and would do so again"
    case .running, .failed, .interrupted, .crashed: nil
    }
  }

  /// The process that works on it, or was the last to.
  fileprivate var lastProcess: Int32 { resumptions.last?.pid ?? machine.pid }

  /// The computer on which that is.
  fileprivate var lastHost: String { resumptions.last?.host ?? machine.host }
}

extension ResumptionError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
