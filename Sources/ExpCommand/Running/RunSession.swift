import ArgumentParser
import Experiments
import Reports
import Runs
import TextLayout

/// The runs of one command: executes them in this process, shows how they go on, and says what came of them.
final class RunSession {
  let context: RunContext
  private let data: DataOptions
  private let threads: ThreadOptions
  private let isQuiet: Bool
  private var loader = DataLoader()
  private(set) var outcomes: [Runner.Outcome] = []
  private var errors: [any Error] = []

  init(_ context: RunContext, _ data: DataOptions, _ threads: ThreadOptions, isQuiet: Bool) {
    self.context = context
    (self.data, self.threads, self.isQuiet) = (data, threads, isQuiet)
  }

  /// Does `body`; an error is reported, and kept for the end, so that others have their turn.
  func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      Failure(error).report()
      errors.append(error)
    }
  }

  // MARK: executing

  /// Runs `plan` from each of `seeds`, one after the other.
  func run(_ plan: ExperimentPlan, seeds: [Int]) throws {
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: isQuiet)
    display.line(plan.heading(seeds: seeds, threads: threads.count))
    let runner = Runner(plan, data: try loader.data(of: plan), backend: threads.backend)
    let first = outcomes.endIndex
    defer { conclude(outcomes[first...], isOneOfMany: plan.cell != nil, display) }
    for (index, seed) in seeds.enumerated() where !Interruption.isRequested {
      let place = seeds.count > 1 ? " (run \(index + 1) of \(seeds.count))" : ""
      let run = try runner.begin(seed: seed, context)
      let outcome = execute(run, of: runner, "seed \(seed)\(place)", display)
      // Where one run could not be recorded, the next cannot either.
      if outcome.error?.cause is StorageError { break }
    }
  }

  /// Goes on with the run in `folder`.
  func resume(_ folder: RunFolder) throws {
    let resumption = try Resumption(
      of: folder, context: context, backend: threads.backend, locations: data.locations,
      loader: &loader
    ) { Console.error("warning: \($0); going on from what was saved before") }
    let plan = resumption.runner.plan
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: isQuiet)
    display.line(plan.heading(seeds: [resumption.seed], threads: threads.count))
    let place = "after epoch \(resumption.epoch), step \(resumption.step)"
    let title = "seed \(resumption.seed), going on \(place) of the next"
    let outcome = execute(resumption.run, of: resumption.runner, title, display)
    conclude([outcome], isOneOfMany: false, display)
  }

  private func execute(
    _ run: OpenRun, of runner: Runner, _ title: String, _ display: ProgressDisplay
  ) -> Runner.Outcome {
    display.begin(title)
    let outcome = runner.execute(
      run, observe: display.show, isInterrupted: { Interruption.isRequested })
    display.clear()
    if let error = outcome.error {
      Console.error(outcome.exit == .interrupted ? "\(error)" : "error: \(error)")
      if outcome.status.isResumable { display.line("to go on: exp resume \(run.folder.path)") }
    }
    if let results = outcome.results {
      if let reason = results.stopReason { display.line("stopped: \(reason)") }
      display.line("folder: \(outcome.folder.path)")
      writePage(of: outcome.folder, display)
    }
    outcomes.append(outcome)
    return outcome
  }

  /// Writes the run's page into its folder. The run is complete without it.
  private func writePage(of folder: RunFolder, _ display: ProgressDisplay) {
    do {
      try folder.write(ReportPage(Comparison(RunCatalog(paths: [folder.path]))).html, to: .page)
      display.line("report: \(folder.path(of: .page))")
    } catch {
      Console.error("warning: the run has no report: \(error)")
    }
  }

  // MARK: the end

  /// Prints what came of some runs of one plan.
  private func conclude(
    _ outcomes: ArraySlice<Runner.Outcome>, isOneOfMany: Bool, _ display: ProgressDisplay
  ) {
    display.line("")
    guard !outcomes.isEmpty else { return }
    let runs = RunCatalog(paths: outcomes.map(\.folder.path)).runs.map { record in
      // A full disk may have kept a run from recording how it ended.
      let status = outcomes.first { $0.folder == record.folder }?.status
      return record.ended(status ?? record.status)
    }
    let conclusion = Conclusion(runs, isOneOfMany: isOneOfMany)
    Console.output(conclusion.text(width: Console.outputWidth) + "\n")
  }

  /// Says what is left to do, and throws the exit code that the worst outcome asks for.
  func conclude(planned: Int, requiresTargets: Bool = false) throws {
    if !isQuiet, !outcomes.isEmpty {
      if outcomes.count < planned {
        Console.error("not run: \(planned - outcomes.count) of \(planned) runs")
      }
      let place = context.outputDirectory
      let option = place == RunsOptions.usual ? "" : " --output-dir \(place)"
      Console.error("next: exp compare\(option)")
    }
    // An error of one experiment kept its runs from being, but not those of the others.
    if let error = errors.first { throw ExitCode(Failure(error).code.rawValue) }
    let exits = outcomes.map(\.exit)
    // A full disk, too, keeps further runs from being.
    let isCutShort = outcomes.count < planned && !exits.contains(.inputOutput)
    if isCutShort || exits.contains(.interrupted) {
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    if let exit = exits.first(where: { $0 == .inputOutput }) ?? exits.first(where: { $0 != .done })
    {
      throw ExitCode(exit.rawValue)
    }
    let isMissed = outcomes.contains { $0.results?.targets.contains { !$0.isMet } ?? false }
    if requiresTargets, isMissed { throw ExitCode(ExitStatus.gateFailed.rawValue) }
  }
}

/// `2 runs`
func counted(_ count: Int, _ noun: String) -> String {
  "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
}
