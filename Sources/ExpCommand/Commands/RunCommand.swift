import ArgumentParser
import Experiments
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
  @OptionGroup var output: OutputOptions
  @Option(
    help: ArgumentHelp(
      "Run so many at a time, each in a process of its own that has its share of the threads.",
      valueName: "number"))
  var jobs: Int?
  @Flag(help: "End everything as soon as one run fails.") var failFast = false
  @Flag(help: "Exit with 2 if a target is missed.") var requireTargets = false
  @Flag(help: "List the runs, and run none.") var dryRun = false
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func validate() throws {
    if seed != nil, seeds != nil { throw ValidationError("give '--seed' or '--seeds', not both") }
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("'--jobs' must be between 1 and 256, got \(jobs)")
    }
    let allowed = SeedList.allowed
    if let seed, !allowed.contains(seed) {
      throw ValidationError(
        "'--seed' must be between \(allowed.lowerBound) and \(allowed.upperBound), got \(seed)")
    }
    if let seeds, SeedList(seeds) == nil {
      throw ValidationError("'--seeds' needs seeds such as 0-4 or 1,3,5, got '\(seeds)'")
    }
  }

  func run() throws {
    let plansOfFiles = try Planning(data, spec).readAll(files)
    if dryRun { return list(plansOfFiles) }
    let plans = plansOfFiles.flatMap(\.self)
    Interruption.watch()
    let session = RunSession(runs, data, threads, isQuiet: quiet, endsAtFailure: failFast)
    if let jobs {
      session.run(plans.map { ($0, seeds(of: $0)) }, jobs: jobs)
    } else {
      for plan in plans where !session.isOver {
        session.attempt { try session.run(plan, seeds: seeds(of: plan)) }
      }
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
