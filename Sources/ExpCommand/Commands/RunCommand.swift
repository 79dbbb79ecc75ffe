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

  @Argument(help: "YAML files that declare experiments.") var files: [String]
  @Option(help: "Run only this seed, instead of those of the file.") var seed: Int?
  @Option(help: "Run these seeds, such as 0-4 or 1,3,5, instead of those of the file.")
  var seeds: String?
  @OptionGroup var runs: RunsOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
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
    if !quiet { Console.error("next: \(next(outcomes))") }
    try conclude(outcomes)
  }

  /// Runs all seeds of one plan and prints what came of them.
  private func run(_ plan: ExperimentPlan, _ context: RunContext) throws -> [Runner.Outcome] {
    let chosen = seed.map { [$0] } ?? seeds.flatMap { SeedList($0)?.seeds } ?? plan.spec.seeds.seeds
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: quiet)
    let runner = try Runner(plan, backend: threads.backend, context: context)
    display.line(heading(of: plan, seeds: chosen))
    var outcomes: [Runner.Outcome] = []
    for (index, seed) in chosen.enumerated() where !Interruption.isRequested {
      display.begin(seed: seed, position: index + 1, of: chosen.count)
      let outcome = try runner.run(
        seed: seed, observe: display.show, isInterrupted: { Interruption.isRequested })
      display.clear()
      if let error = outcome.error { Console.error("error: \(error)") }
      if let results = outcome.results {
        if let reason = results.stopReason { display.line("stopped: \(reason)") }
        display.line("\(outcome.folder.path)\n")
      }
      outcomes.append(outcome)
    }
    let records = try outcomes.map { try RunRecord(folder: $0.folder) }
    Console.output(Conclusion(records).text(width: Console.outputWidth) + "\n")
    return outcomes
  }

  private func heading(of plan: ExperimentPlan, seeds: [Int]) -> String {
    let split = plan.split
    return "\(plan.name): \(plan.layers.parameterCount.grouped) parameters, "
      + "\(split.training.grouped) training, \(split.validation.grouped) validation, "
      + "\(plan.data.testCount.grouped) test images, "
      + "\(plan.spec.training.epochs) epochs, \(seeds.count == 1 ? "1 seed" : "\(seeds.count) seeds"), "
      + "\(threads.count == 1 ? "1 thread" : "\(threads.count) threads")"
  }

  /// The command to type next.
  private func next(_ outcomes: [Runner.Outcome]) -> String {
    let place = runs.directory == "runs" ? "" : " --output-dir \(runs.directory)"
    return "exp compare\(place)"
  }

  /// Throws the exit code that the worst outcome asks for.
  private func conclude(_ outcomes: [Runner.Outcome]) throws {
    if Interruption.isRequested { throw ExitCode(Failure.Code.interrupted.rawValue) }
    if let error = outcomes.lazy.compactMap(\.error).first {
      throw ExitCode(Failure(error.cause).code.rawValue)
    }
    let isMissed = outcomes.contains { $0.results?.targets.contains { !$0.isMet } ?? false }
    if requireTargets, isMissed { throw ExitCode(Failure.Code.gateFailed.rawValue) }
  }
}
