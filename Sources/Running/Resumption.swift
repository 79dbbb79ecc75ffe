import Datasets
import Diagnostics
import Files
import Learning
import Plans
import Records
import Tensors

/// A run that stopped early, ready to resume exactly as if it had not.
package struct Resumption {
  package let runner: Runner
  package let run: OpenRun
  package let seed: Int

  /// Prepares the run in `folder`.
  ///
  /// If `lock` is given, the process that began or resumed the run handed it over, and recorded that.
  ///
  /// - Parameters:
  ///   - lock: the right to write to the folder, if this process has it already.
  ///   - loader: has the data, or loads it.
  ///   - known: a plan of the run's experiment, which says where its data is now; else the run's own spec does.
  ///   - warn: called with the errors of damaged saved states, which make the run resume from an earlier one.
  /// - Throws: `ResumptionError` if it cannot resume here; `Diagnostics` if its resolved spec is damaged;
  ///   `DatasetError`, `StorageError`, `DamagedFileError`.
  package init(
    of folder: RunFolder, lock: FileLock? = nil, context: RunContext, backend: any Backend,
    locations: DataLocations, loader: DataLoader, plan known: ExperimentPlan? = nil,
    warn: (any Error) -> Void
  ) throws {
    let folder = try folder.keptOpen()
    func manifest() throws -> Manifest {
      let manifest = try folder.manifest()
      if let reason = manifest.finality { throw ResumptionError(folder: folder, reason) }
      return manifest
    }
    // Checked before the lock is taken, since the folder of a run that is over must not change.
    let last = try manifest()
    let isHandedOver = lock != nil
    guard let lock = try lock ?? folder.lock() else {
      throw ResumptionError(
        folder: folder,
        "it is running, on \(last.lastHost) as process \(last.lastProcess)", isElsewhere: true)
    }
    guard try folder.isLocked(by: lock) else {
      throw ResumptionError(folder: folder, "another folder has taken its place")
    }
    var current = try manifest()
    // The results would differ in their last bits.
    if let difference = current.differences(from: context).first {
      throw ResumptionError(folder: folder, difference, hint: Self.anew)
    }
    var plan = try known ?? PlanReader(locations, readsWeights: false).plan(of: folder)
    if let change = current.change(of: plan) {
      throw ResumptionError(folder: folder, change, hint: Self.anew)
    }
    let data = try loader.data(of: plan)
    if let change = current.changes(of: data.description).first {
      throw ResumptionError(folder: folder, change, hint: Self.anew)
    }
    let states = Runner(plan, data: data, backend: backend)
    let state = try folder.readState(
      limit: plan.largestState, { try states.savedState($0, seed: last.seed) }, warn: warn)
    if state == nil {
      if folder.mayHaveEpochs { warn(LostStateError(folder: folder)) }
      // Without a saved state it needs the initial weights.
      if known == nil { plan = try PlanReader(locations).plan(of: folder) }
    }
    if isHandedOver {
      current.handOver(to: context.machine)
    } else {
      current.resume(
        Manifest.Resumption(
          command: context.command, host: context.machine.host, pid: context.machine.pid,
          threads: context.machine.threads, job: context.machine.job,
          epoch: state?.position.epoch ?? 0, step: state?.position.step ?? 0))
    }
    runner = Runner(plan, data: data, backend: backend)
    run = OpenRun(folder: folder, lock: lock, manifest: current, state: state)
    seed = current.seed
  }

  private static let anew = "'exp run FILE' with its spec.yaml starts it anew"
}

extension RunFolder {
  /// True if epochs are recorded, or may be, since the history cannot be read.
  fileprivate var mayHaveEpochs: Bool {
    guard contains(.history) else { return false }
    do {
      return try !history().records.isEmpty
    } catch {
      return true
    }
  }
}

/// The error that a run with recorded epochs has no saved state from which to resume.
struct LostStateError: Error, CustomStringConvertible {
  let folder: RunFolder

  var description: String {
    "\(folder.path) has no saved state to go on from: it starts at the beginning again"
  }
}

/// The error that a run cannot be resumed.
package struct ResumptionError: Error, CustomStringConvertible {
  package let folder: RunFolder
  package let reason: String
  /// A way out, if there is one.
  package let hint: String?
  /// True if another process holds its lock.
  let isElsewhere: Bool

  init(
    folder: RunFolder, _ reason: String, hint: String? = nil, isElsewhere: Bool = false
  ) {
    self.folder = folder
    self.reason = reason
    self.hint = hint
    self.isElsewhere = isElsewhere
  }

  package var description: String {
    "cannot resume \(folder.path): \(reason)" + (hint.map { "\nhint: \($0)" } ?? "")
  }
}

extension Manifest {
  /// The reason why there is nothing to resume; nil if there is.
  fileprivate var finality: String? {
    switch status {
    case .completed: "it is complete"
    case .diverged: "it diverged, and would do so again"
    case .running, .failed, .interrupted, .crashed: nil
    }
  }
}

extension ResumptionError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
