import ArgumentParser
import Datasets
import Experiments
import Reports
import Runs
import Specs
import TextLayout

/// `exp run FILE…`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train an experiment, once per seed, each run in its own folder.")

  @Argument(
    help: ArgumentHelp("YAML files that declare experiments.", valueName: "file"),
    completion: Completions.specs)
  var files: [String]
  @Option(
    help: ArgumentHelp("Run only this seed, instead of those of the file.", valueName: "number"))
  var seed: Int?
  @Option(
    help: ArgumentHelp(
      "Run these seeds, such as 0-4 or 1,3,5, instead of those of the file.", valueName: "list"))
  var seeds: String?
  @OptionGroup var spec: SpecOptions
  @OptionGroup var runs: RunsOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @Option(
    help: ArgumentHelp(
      "Tell the runs from others by a tag, for 'exp list' and '--where'.", valueName: "tag"))
  var tag: String?
  @Option(help: ArgumentHelp("Record why the runs are made.", valueName: "text"))
  var note: String?
  @OptionGroup var output: OutputOptions
  @Flag(help: "Exit with 2 if a target is missed.") var requireTargets = false
  @Flag(help: "List the runs, and run none.") var dryRun = false
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func validate() throws {
    if seed != nil, seeds != nil { throw ValidationError("give '--seed' or '--seeds', not both") }
    let allowed = SeedList.allowed
    if let seed, !allowed.contains(seed) {
      throw ValidationError(
        "'--seed' must be between \(allowed.lowerBound) and \(allowed.upperBound), got \(seed)")
    }
    if let seeds, SeedList(seeds) == nil {
      throw ValidationError("'--seeds' needs seeds such as 0-4 or 1,3,5, got '\(seeds)'")
    }
    if let tag, !ExperimentSpec.isName(tag) {
      throw ValidationError("'--tag' \(ExperimentSpec.nameRule), got \(tag.quoted)")
    }
  }

  func run() throws {
    let plansOfFiles = try Planning(data, spec).readAll(files)
    if dryRun { return list(plansOfFiles) }
    let plans = plansOfFiles.flatMap(\.self)
    Interruption.watch()
    let repository = GitRepository(containing: ".")
    let context = RunContext(
      command: CommandLine.arguments, started: .now, outputDirectory: runs.directory,
      machine: threads.machine, expVersion: Exp.version, toolchain: Toolchain.description,
      gitCommit: repository?.commit, gitChanges: repository?.changes(), tag: tag, note: note)
    var outcomes: [Runner.Outcome] = []
    var errors: [any Error] = []
    var loader = DataLoader()
    for plan in plans where !Interruption.isRequested {
      do {
        try run(plan, context, &loader, &outcomes)
      } catch {
        Failure(error).report()
        errors.append(error)
      }
    }
    let planned = plans.reduce(0) { $0 + seeds(of: $1).count }
    if !quiet, !outcomes.isEmpty {
      if outcomes.count < planned {
        Console.error("not run: \(planned - outcomes.count) of \(planned) runs")
      }
      Console.error("next: exp compare\(runs.isDefault ? "" : " --output-dir \(runs.directory)")")
    }
    // An error of one experiment kept its runs from being, but not those of the others.
    if let error = errors.first { throw ExitCode(Failure(error).code.rawValue) }
    try conclude(outcomes, planned: planned)
  }

  /// Lists the runs of all plans.
  private func list(_ plansOfFiles: [[ExperimentPlan]]) {
    let lists = plansOfFiles.map { plans in
      RunPlan(plans.map { ($0, seeds(of: $0)) }).text(width: Console.outputWidth)
    }
    Console.output(lists.joined(separator: "\n"))
    let all = plansOfFiles.flatMap(\.self)
    let runs = all.reduce(0) { $0 + seeds(of: $1).count }
    Console.error("\(counted(all.count, "experiment")), \(counted(runs, "run"))")
  }

  /// Runs all seeds of one plan, adds what came of them to `outcomes`, and prints it.
  private func run(
    _ plan: ExperimentPlan, _ context: RunContext, _ loader: inout DataLoader,
    _ outcomes: inout [Runner.Outcome]
  ) throws {
    let seeds = seeds(of: plan)
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: quiet)
    display.line(heading(of: plan, seeds: seeds))
    let runner = Runner(
      plan, data: try loader.data(of: plan), backend: threads.backend, context: context)
    let first = outcomes.endIndex
    defer { conclude(outcomes[first...], of: plan, display) }
    for (index, seed) in seeds.enumerated() where !Interruption.isRequested {
      display.begin("seed \(seed)\(seeds.count > 1 ? " (run \(index + 1) of \(seeds.count))" : "")")
      let outcome = try runner.run(
        seed: seed, observe: display.show, isInterrupted: { Interruption.isRequested })
      display.clear()
      if let error = outcome.error {
        Console.error(outcome.exit == .interrupted ? "\(error)" : "error: \(error)")
      }
      if let results = outcome.results {
        if let reason = results.stopReason { display.line("stopped: \(reason)") }
        display.line("folder: \(outcome.folder.path)")
        writePage(of: outcome.folder, display)
      }
      outcomes.append(outcome)
      // Where one run could not be recorded, the next cannot either.
      if outcome.error?.cause is StorageError { break }
    }
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

  /// Prints what came of one plan's runs.
  private func conclude(
    _ outcomes: ArraySlice<Runner.Outcome>, of plan: ExperimentPlan, _ display: ProgressDisplay
  ) {
    display.line("")
    guard !outcomes.isEmpty else { return }
    let runs = RunCatalog(paths: outcomes.map(\.folder.path)).runs.map { record in
      // A full disk may have kept a run from recording how it ended.
      let status = outcomes.first { $0.folder == record.folder }?.status
      return record.ended(status ?? record.status)
    }
    let conclusion = Conclusion(runs, isOneOfMany: plan.cell != nil)
    Console.output(conclusion.text(width: Console.outputWidth) + "\n")
  }

  private func seeds(of plan: ExperimentPlan) -> [Int] {
    seed.map { [$0] } ?? seeds.flatMap { SeedList($0)?.seeds } ?? plan.spec.seeds.seeds
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
  }

  private func heading(of plan: ExperimentPlan, seeds: [Int]) -> String {
    let split = plan.split
    let title = plan.cell.map { "\(plan.name), \($0.number) of \($0.count), \($0)" } ?? plan.name
    return """
      \(title): \(counted(plan.layers.parameterCount, "parameter"))
      \(split.training.grouped) training, \(split.validation.grouped) validation, \
      \(plan.data.testCount.grouped) test images
      \(seeds.count == 1 ? "seed \(seeds[0])" : counted(seeds.count, "seed")), \(counted(plan.spec.training.epochs, "epoch")), \
      \(counted(threads.count, "thread"))
      """
  }

  /// Throws the exit code that the worst outcome asks for.
  private func conclude(_ outcomes: [Runner.Outcome], planned: Int) throws {
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
    if requireTargets, isMissed { throw ExitCode(ExitStatus.gateFailed.rawValue) }
  }
}
