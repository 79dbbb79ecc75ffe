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

  @Argument(help: ArgumentHelp("YAML files that declare experiments.", valueName: "file"))
  var files: [String]
  @Option(
    help: ArgumentHelp("Run only this seed, instead of those of the file.", valueName: "number"))
  var seed: Int?
  @Option(
    help: ArgumentHelp(
      "Run these seeds, such as 0-4 or 1,3,5, instead of those of the file.", valueName: "list"))
  var seeds: String?
  @OptionGroup var runs: RunsOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Exit with 2 if a target is missed.") var requireTargets = false
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func validate() throws {
    if seed != nil, seeds != nil { throw ValidationError("give '--seed' or '--seeds', not both") }
    if let seed, seed < 0 { throw ValidationError("'--seed' must be at least 0, got \(seed)") }
    if let seeds, SeedList(seeds) == nil {
      throw ValidationError("'--seeds' needs seeds such as 0-4 or 1,3,5, got '\(seeds)'")
    }
  }

  func run() throws {
    let plans = try Planning(data).readAll(files)
    Interruption.watch()
    let context = RunContext(
      command: CommandLine.arguments, started: .now, outputDirectory: runs.directory,
      machine: threads.machine, expVersion: Exp.version, gitCommit: GitCommit.current(in: "."))
    var outcomes: [Runner.Outcome] = []
    for plan in plans where !Interruption.isRequested {
      outcomes += try run(plan, context)
    }
    let planned = plans.reduce(0) { $0 + seeds(of: $1).count }
    if !quiet {
      if outcomes.count < planned {
        Console.error("not run: \(planned - outcomes.count) of \(planned) runs")
      }
      Console.error("next: exp compare\(runs.isDefault ? "" : " --output-dir \(runs.directory)")")
    }
    try conclude(outcomes, planned: planned)
  }

  /// Runs all seeds of one plan and prints what came of them.
  private func run(_ plan: ExperimentPlan, _ context: RunContext) throws -> [Runner.Outcome] {
    let seeds = seeds(of: plan)
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: quiet)
    let runner = try Runner(plan, backend: threads.backend, context: context)
    display.line(heading(of: plan, seeds: seeds))
    var outcomes: [Runner.Outcome] = []
    for (index, seed) in seeds.enumerated() where !Interruption.isRequested {
      display.begin("seed \(seed)\(seeds.count > 1 ? " (run \(index + 1) of \(seeds.count))" : "")")
      let outcome = try runner.run(
        seed: seed, observe: display.show, isInterrupted: { Interruption.isRequested })
      display.clear()
      if let error = outcome.error {
        Console.error(outcome.status == .interrupted ? "\(error)" : "error: \(error)")
      }
      if let results = outcome.results {
        if let reason = results.stopReason { display.line("stopped: \(reason)") }
        display.line("folder: \(outcome.folder.path)")
      }
      outcomes.append(outcome)
    }
    display.line("")
    // A full disk may have kept a run from recording anything; its error has been shown.
    let recorded = outcomes.map(\.folder).filter { $0.contains(.manifest) }
    let records = try recorded.map { try RunRecord(folder: $0) }
    Console.output(Conclusion(records).text(width: Console.outputWidth) + "\n")
    return outcomes
  }

  private func seeds(of plan: ExperimentPlan) -> [Int] {
    seed.map { [$0] } ?? seeds.flatMap { SeedList($0)?.seeds } ?? plan.spec.seeds.seeds
  }

  private func heading(of plan: ExperimentPlan, seeds: [Int]) -> String {
    func counted(_ count: Int, _ noun: String) -> String {
      "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
    }
    let split = plan.split
    return """
      \(plan.name): \(counted(plan.layers.parameterCount, "parameter"))
      \(split.training.grouped) training, \(split.validation.grouped) validation, \
      \(plan.data.testCount.grouped) test images
      \(counted(seeds.count, "seed")), \(counted(plan.spec.training.epochs, "epoch")), \
      \(counted(threads.count, "thread"))
      """
  }

  /// Throws the exit code that the worst outcome asks for.
  private func conclude(_ outcomes: [Runner.Outcome], planned: Int) throws {
    if outcomes.count < planned || outcomes.contains(where: { $0.status == .interrupted }) {
      throw ExitCode(Failure.Code.interrupted.rawValue)
    }
    if let error = outcomes.lazy.compactMap(\.error).first {
      throw ExitCode(Failure(error.cause).code.rawValue)
    }
    let isMissed = outcomes.contains { $0.results?.targets.contains { !$0.isMet } ?? false }
    if requireTargets, isMissed { throw ExitCode(Failure.Code.gateFailed.rawValue) }
  }
}
