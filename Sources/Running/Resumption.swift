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
  /// If its process is certainly gone, it goes on in that folder. If the process has only not renewed its lease for too
  /// long, and may come back, it goes on in a new folder beside it, a copy as of the last saved state.
  ///
  /// - Parameters:
  ///   - descriptor: the open file of the run's lease, if the process that began or resumed the run handed it over, and
  ///     recorded that.
  ///   - loader: has the data, or loads it.
  ///   - known: a plan of the run's experiment, which says where its data is now; else the run's own spec does.
  ///   - warn: called with the errors of damaged saved states, which make the run resume from an earlier one.
  /// - Throws: `ResumptionError` if it cannot resume here; `Diagnostics` if its resolved spec is damaged;
  ///   `DatasetError`, `StorageError`, `DamagedFileError`.
  package init(
    of folder: RunFolder, inherited descriptor: Int32? = nil, context: RunContext,
    backend: any Backend, locations: DataLocations, loader: DataLoader,
    plan known: ExperimentPlan? = nil, warn: (any Error) -> Void
  ) throws {
    let folder = try folder.keptOpen()
    func manifest() throws -> Manifest {
      let manifest = try folder.manifest()
      if let reason = manifest.finality { throw ResumptionError(folder: folder, reason) }
      // The results would differ in their last bits.
      if let difference = manifest.programDifferences(from: context).first {
        throw ResumptionError(folder: folder, difference, hint: Self.anew)
      }
      if !context.takesAnyProcessor,
        let difference = manifest.processorDifferences(from: context).first
      {
        throw ResumptionError(folder: folder, difference, hint: Self.onAnyCPU, isForOthers: true)
      }
      return manifest
    }
    // Checked before the lease is taken, since the folder of a run that does not go on must not change.
    let last = try manifest()
    let former = folder.lease
    let lease: Lease
    if let descriptor {
      guard let inherited = try folder.takeLease(inherited: descriptor) else {
        throw ResumptionError(folder: folder, "another folder has taken its place")
      }
      lease = inherited
    } else {
      lease = try Self.takeLease(of: folder, after: former, last)
    }
    var current = try manifest()
    var plan = try known ?? PlanReader(locations, readsWeights: false).plan(of: folder)
    if let change = current.change(of: plan) {
      throw ResumptionError(folder: folder, change, hint: Self.anew)
    }
    // That may take longer than a lease.
    let data = try lease.renewed { try loader.data(of: plan) }
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
    let mayComeBack = former.mayComeBack && last.status == .running
    if descriptor != nil {
      current.handOver(to: context.machine)
    } else {
      let processor = context.machine.processor
      current.resume(
        Manifest.Resumption(
          command: context.command, host: context.machine.host, pid: context.machine.pid,
          threads: context.machine.threads,
          processor: processor == current.lastProcessor ? nil : processor,
          job: context.machine.job,
          continued: mayComeBack ? folder.name : nil,
          epoch: state?.position.epoch ?? 0, step: state?.position.step ?? 0))
    }
    runner = Runner(plan, data: data, backend: backend)
    seed = current.seed
    if mayComeBack {
      let successor = try folder.createSuccessor(current, started: context.started) { copy in
        if let state { try copy.writeState(state.encoded(), at: state.position) }
        try lease.requireHeld()
      }
      lease.release(outcome: successor.folder.name)
      run = OpenRun(
        folder: successor.folder, lease: successor.lease, manifest: current, state: state)
    } else {
      run = OpenRun(folder: folder, lease: lease, manifest: current, state: state)
    }
  }

  /// Takes the right to write to `folder`, whose lease was examined as `state`.
  private static func takeLease(
    of folder: RunFolder, after state: LeaseState, _ manifest: Manifest
  ) throws -> Lease {
    if let successor = state.outcome {
      throw ResumptionError(
        folder: folder, "another process went on with it in '\(successor.withoutControlCharacters)'"
      )
    }
    if let lease = try folder.takeLease(after: state) { return lease }
    let (host, process) = (manifest.lastHost, manifest.lastProcess)
    throw ResumptionError(
      folder: folder, "it is running, on \(host) as process \(process)", isForOthers: true)
  }

  private static let anew = "'exp run FILE' with its spec.yaml starts it anew"
  private static let onAnyCPU =
    "'--any-cpu' goes on with it here, in bits that no machine repeats; \(anew)"
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
  /// True if another process has it, or one on another kind of processor may go on with it.
  let isForOthers: Bool

  init(
    folder: RunFolder, _ reason: String, hint: String? = nil, isForOthers: Bool = false
  ) {
    self.folder = folder
    self.reason = reason
    self.hint = hint
    self.isForOthers = isForOthers
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
    case .running, .failed, .interrupted, .crashed, .continued: nil
    }
  }
}

extension ResumptionError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
