import ArgumentParser
import Diagnostics
import OneDNNBackend
import Plans
import Records
import Reports
import Running
import TextLayout

/// The runs of one command: executes them, shows their progress, and reports their outcomes.
final class RunSession {
  let context: RunContext
  let data: DataOptions
  let threads: ThreadOptions
  let isQuiet: Bool
  /// True if the first run that fails is the last.
  let endsAtFailure: Bool
  /// The profile that is printed after each run; nil for none.
  private let profile: Profile?
  private let loader = DataLoader()
  var outcomes: [Runner.Outcome] = []
  /// True if a scheduler had its part in this.
  var hasLaunched = false
  private var hasTrained = false
  private var isTargetMissed = false
  private var errors: [any Error] = []

  init(
    _ context: RunContext, _ data: DataOptions, _ threads: ThreadOptions, isQuiet: Bool,
    endsAtFailure: Bool = false, profile: Profile? = nil
  ) {
    self.context = context
    self.data = data
    self.threads = threads
    self.isQuiet = isQuiet
    self.endsAtFailure = endsAtFailure
    self.profile = profile
  }

  /// Calls `body`. An error is reported and kept for the end, so that the other runs have their turn.
  ///
  /// - Parameter prepare: called before the error is printed, to make room for it.
  /// - Returns: true if there was no error.
  @discardableResult
  func attempt(before prepare: () -> Void = {}, _ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      prepare()
      Failure(error).report()
      errors.append(error)
      return false
    }
  }

  /// True if no more runs are to begin.
  var isOver: Bool {
    Interruption.isRequested
      || endsAtFailure
        && outcomes.contains {
          $0.error != nil && $0.status != .interrupted && $0.exit != .interrupted
        }
  }

  /// True if a run is nearer to its end than before.
  var hasProgressed: Bool { hasTrained || outcomes.contains { $0.status != .interrupted } }

  // MARK: executing

  /// Executes the runs of `queue`, one after the other.
  func run(_ queue: RunQueue) {
    var group: (plan: ExperimentPlan, display: ProgressDisplay, first: Int)?
    func concludeGroup() {
      guard let (plan, display, first) = group else { return }
      conclude(outcomes[first...], cell: plan.cellTitle) { display.line("") }
      group = nil
    }
    while !isOver {
      var item: RunQueue.Item?
      guard attempt({ item = try queue.next() }) else { continue }
      guard let item else { break }
      let plan = item.request.plan
      let repetitions = queue.requests.filter { $0.plan.isSame(as: plan) }.map(\.repetition)
      if group.map({ !$0.plan.isSame(as: plan) }) ?? true {
        concludeGroup()
        let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: isQuiet)
        display.show(heading: plan.heading(repetitions, threads: threads.count), item.runner.data)
        group = (plan, display, outcomes.endIndex)
      }
      guard let display = group?.display else { preconditionFailure("the group was just made") }
      let repetition = item.request.repetition
      let number = repetitions.firstIndex(of: repetition).map { $0 + 1 } ?? 1
      let place = repetitions.count > 1 ? " (run \(number) of \(repetitions.count))" : ""
      let outcome = execute(item.run, of: item.runner, "\(repetition)\(place)", display)
      // If one run could not be recorded, the next cannot either.
      if outcome.exit == .inputOutput { queue.abandon() }
    }
    concludeGroup()
  }

  /// Resumes the run in `folder`.
  func resume(_ folder: RunFolder) throws {
    let resumption = try Resumption(
      of: folder, context: context, backend: threads.backend, locations: data.locations,
      loader: loader, warn: Self.warn)
    let plan = resumption.runner.plan
    let repetition = Repetition(seed: resumption.seed, fold: plan.fold)
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: isQuiet)
    display.show(
      heading: plan.heading([repetition], threads: threads.count),
      resumption.runner.data)
    let outcome = execute(
      resumption.run, of: resumption.runner, "\(repetition)", display)
    conclude([outcome], cell: nil) { display.line("") }
  }

  /// Prints a warning: an error that does not end the command.
  static func warn(_ error: any Error) { Console.error("warning: \(error)") }

  private func execute(
    _ run: OpenRun, of runner: Runner, _ title: String, _ display: ProgressDisplay
  ) -> Runner.Outcome {
    display.begin(title + (run.place.map { ", going on \($0)" } ?? ""))
    var pageError: (any Error)?
    let outcome = runner.execute(
      run,
      observe: { event in
        if case .stepEnded = event { self.hasTrained = true }
        display.show(event)
      },
      isInterrupted: { Interruption.isRequested },
      finish: { pageError = $0.writePageOrTellWhyNot() })
    display.clear()
    if let failure = outcome.failureText {
      Console.error(failure)
      if outcome.status.isResumable {
        Console.error("hint: 'exp resume \(run.folder.path)' goes on with it")
      }
    }
    if let results = outcome.results {
      if let reason = results.stopReason { display.line("stopped: \(reason)") }
      display.line("folder: \(outcome.folder.path)")
      if let pageError {
        Self.warn(pageError)
      } else {
        display.line("report: \(outcome.folder.path(of: .page))")
      }
    }
    outcomes.append(outcome)
    if let profile {
      attempt { try show(profile.take(), of: "\(runner.plan.name), \(title)") }
    }
    return outcome
  }

  /// Prints the profile of a run's training steps, even if the run is not complete.
  private func show(_ steps: Profile.Steps, of title: String) throws {
    guard steps.count > 0 else {
      return Console.error("no profile: it needs two steps, since the first makes the kernels")
    }
    let limit = try OneDNNLibrary.measureLimit(threads: steps.threads)
    let table = ProfileTable(steps, limit: limit).text(width: Console.errorWidth)
    Console.error("\nprofile of \(title)\n" + table)
  }

  // MARK: the end

  /// Prints the outcomes of some runs of one plan; those of a sweep in short, under the title of its `cell`.
  func conclude(
    _ outcomes: ArraySlice<Runner.Outcome>, cell: String?, before prepare: () -> Void
  ) {
    prepare()
    guard !outcomes.isEmpty else { return }
    let runs = RunCatalog(paths: outcomes.map(\.folder.path)).runs.map { record in
      // A full disk may have kept a run from recording its end.
      let status = outcomes.first { $0.folder == record.folder }?.status
      return record.ended(status ?? record.status)
    }
    let conclusion = Conclusion(runs.withOtherFolds(), cell: cell)
    isTargetMissed = isTargetMissed || conclusion.missesTarget
    Console.output(conclusion.text(width: Console.outputWidth) + "\n")
  }

  /// The option with which the user's next command finds the runs.
  var outputDirectoryOption: String {
    let directory = context.outputDirectory
    return directory == RunsOptions.usual ? "" : " --output-dir \(directory.shellQuoted)"
  }

  /// Prints the next step for the user, and throws the exit code of the worst outcome.
  ///
  /// - Parameters:
  ///   - completion: the command that completes the `planned` runs if some have not begun; nil if resuming all does.
  ///   - resumption: the command that goes on with runs that stopped; nil for the usual one.
  func conclude(
    planned: Int, completion: String? = nil, resumption: String? = nil,
    requiresTargets: Bool = false
  ) throws {
    let resumption = resumption ?? "exp resume --all\(outputDirectoryOption)"
    let isIncomplete = outcomes.count < planned && (hasLaunched || !outcomes.isEmpty)
    if !isQuiet, isIncomplete {
      Console.error("not run: \(planned - outcomes.count) of \(planned) runs")
    }
    if isIncomplete {
      Console.error("next: \(completion ?? resumption)")
    } else if outcomes.contains(where: \.status.isResumable) {
      Console.error("next: \(resumption)")
    } else if !isQuiet, !outcomes.isEmpty {
      Console.error("next: exp compare\(outputDirectoryOption)")
    }
    // An error of one experiment prevented its runs, but not those of the others.
    if let error = errors.first { throw ExitCode(Failure(error).exitStatus.rawValue) }
    let exits = outcomes.map(\.exit)
    // A full disk prevents further runs too. Runs that were stopped because of a failure do not count as interrupted.
    if exits.contains(.inputOutput) { throw ExitCode(ExitStatus.inputOutput.rawValue) }
    let isStopped = outcomes.count < planned || exits.contains(.interrupted)
    if isStopped, Interruption.isRequested || !isOver {
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    if let exit = exits.first(where: { $0 != .done && $0 != .interrupted }) {
      throw ExitCode(exit.rawValue)
    }
    if requiresTargets, isTargetMissed { throw ExitCode(ExitStatus.gateFailed.rawValue) }
  }
}

extension Runner.Outcome {
  /// The message about a run that is not complete. A run that the user stopped has no error.
  var failureText: String? { error.map { exit == .interrupted ? "\($0)" : "error: \($0)" } }
}
