import Datasets
import Diagnostics
import Files
import Learning
import Plans
import Records
import Tensors

/// A complete run that is to be repeated, to see whether its results are the same to the bit.
package struct Verification {
  package let folder: RunFolder
  package let runner: Runner
  package let seed: Int
  private let context: RunContext
  private let recorded: RunProducts
  private let check: RecordCheck
  private let evaluationDisagreements: [String]
  private let reservations: [String]

  /// Prepares to repeat the run in `folder`, which is only read.
  ///
  /// - Parameter loader: has the data, or loads it.
  /// - Throws: `VerificationError` if there is nothing to compare with, or the repetition would not be of the same run;
  ///   `Diagnostics` if the resolved spec is damaged; `DatasetError`, `StorageError`, `DamagedFileError`.
  package init(
    of folder: RunFolder, context: RunContext, backend: any Backend, locations: DataLocations,
    loader: DataLoader
  ) throws {
    let folder = try folder.keptOpen()
    let status = try RunRecord(folder: folder).status
    guard status == .completed else {
      throw VerificationError(
        folder: folder, "it is \(status.rawValue)",
        hint: status.isResumable ? "'exp resume \(folder.path)' completes it" : nil)
    }
    let manifest = try folder.manifest()
    if manifest.processors.count > 1 {
      let all = manifest.processors.map { "'\($0)'" }.joined(separator: ", then ")
      throw VerificationError(
        folder: folder, "it took place on \(all), so that its bits are of no processor alone")
    }
    let plan = try PlanReader(locations).plan(of: folder)
    if let change = manifest.change(of: plan) { throw VerificationError(folder: folder, change) }
    // Read first, so that damage shows before training takes its time.
    recorded = try RunProducts(of: folder, plan, manifest.data)
    let data = try loader.data(of: plan)
    if let change = manifest.changes(of: data.description).first {
      throw VerificationError(folder: folder, change)
    }
    let hasTimeLimit = plan.spec.callbacks.contains { $0.value is TimeLimit }
    reservations =
      manifest.differences(from: context)
      + (hasTimeLimit ? ["a 'time_limit' ends training sooner or later as time goes"] : [])
    self.folder = folder
    self.context = context
    seed = manifest.seed
    runner = Runner(plan, data: data, backend: backend)
    check = try RecordCheck(of: folder, manifest, recorded, runner, context)
    // A run that was resumed may well have scores of the weights that it had before.
    evaluationDisagreements = folder.disagreementsOfEvaluations(
      classNames: manifest.data.classNames, current: false)
  }

  /// Repeats the run in a temporary folder, which is kept only if something differs.
  ///
  /// - Parameters:
  ///   - isQuick: true to stop after the first epoch, and compare that.
  ///   - observe: called with every event.
  ///   - isInterrupted: called before each step.
  /// - Throws: `CancellationError` once `isInterrupted` returns true, `StorageError`, and the errors of the backend.
  package func execute(
    isQuick: Bool, observe: @escaping (RunEvent) -> Void, isInterrupted: @escaping () -> Bool
  ) throws -> Verdict {
    let place = try Storage.createTemporaryFolder()
    let verdict = Result {
      try repeatRun(in: place, isQuick: isQuick, observe: observe, isInterrupted: isInterrupted)
    }
    if case .success(let verdict) = verdict, !verdict.agrees { return verdict }
    do {
      try Storage.removeTree(place)
    } catch {
      observe(.note("the temporary folder stays: \(error)"))
    }
    return try verdict.get()
  }

  private func repeatRun(
    in place: String, isQuick: Bool, observe: @escaping (RunEvent) -> Void,
    isInterrupted: @escaping () -> Bool
  ) throws -> Verdict {
    var context = context
    context.outputDirectory = place
    let run = try runner.begin(seed: seed, context)
    var (hasEpoch, isCancelled) = (false, false)
    let outcome = runner.execute(
      run,
      observe: { event in
        if case .epochEnded = event { hasEpoch = true }
        observe(event)
      },
      isInterrupted: {
        isCancelled = isInterrupted()
        return isCancelled || isQuick && hasEpoch
      })
    if isCancelled { throw CancellationError() }
    guard let error = outcome.error else {
      return verdict(
        recorded.findings(
          in: try RunProducts(of: outcome.folder, runner.plan, run.manifest.data)),
        outcome.folder)
    }
    let (products, epoch) = try RunProducts.ofUnfinishedRun(in: outcome.folder, runner.plan)
    let findings = recorded.first(epoch).findings(in: products.first(epoch))
    switch error.cause {
    case is TrainingInterrupted:
      return verdict(findings, outcome.folder)
    case let error as TrainingDiverged:
      let end = "it diverged in epoch \(error.epoch), step \(error.step): \(error)"
      return verdict(findings, outcome.folder, failure: end)
    default: throw error.cause
    }
  }

  private func verdict(
    _ findings: [Verdict.Finding], _ repetition: RunFolder, failure: String? = nil
  ) -> Verdict {
    // What training shows to be different is said best by that.
    let known = Set(findings.filter { $0.difference != nil }.map(\.file))
    let others = check.differences.filter { !known.contains($0.file) }
      .map { Verdict.Finding(file: $0.file, count: 1, difference: $0.text) }
    return Verdict(
      findings: findings + others, evaluationDisagreements: evaluationDisagreements,
      failure: failure, reservations: reservations,
      repetition: repetition)
  }
}

/// The error that a run cannot be repeated.
package struct VerificationError: Error, CustomStringConvertible {
  package let folder: RunFolder
  package let reason: String
  /// A way out, if there is one.
  package let hint: String?

  init(folder: RunFolder, _ reason: String, hint: String? = nil) {
    self.folder = folder
    self.reason = reason
    self.hint = hint
  }

  package var description: String {
    "cannot verify \(folder.path): \(reason)" + (hint.map { "\nhint: \($0)" } ?? "")
  }
}

extension VerificationError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
