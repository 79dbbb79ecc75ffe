import ArgumentParser
import Experiments
import Runs
import Specs

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
    let context = RunContext(
      runs, threads, repository: GitRepository(containing: "."), tag: tag, note: note)
    let session = RunSession(context, data, threads, isQuiet: quiet)
    for plan in plans where !Interruption.isRequested {
      session.attempt { try session.run(plan, seeds: seeds(of: plan)) }
    }
    let planned = plans.reduce(0) { $0 + seeds(of: $1).count }
    try session.conclude(planned: planned, requiresTargets: requireTargets)
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

  private func seeds(of plan: ExperimentPlan) -> [Int] {
    seed.map { [$0] } ?? seeds.flatMap { SeedList($0)?.seeds } ?? plan.spec.seeds.seeds
  }
}
