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
      "Tell the runs from others by a tag, which 'exp list' shows.", valueName: "tag"))
  var tag: String?
  @Option(help: ArgumentHelp("Record why the runs are made.", valueName: "text"))
  var note: String?
  @OptionGroup var output: OutputOptions
  @Flag(
    help: "Run only what no run below the output folder has completed; go on with what stopped.")
  var missing = false
  @Flag(help: "With '--missing', repeat what failed or diverged, too.") var retryFailed = false
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
    if retryFailed, !missing { throw ValidationError("'--retry-failed' needs '--missing'") }
    if let tag, !ExperimentSpec.isName(tag) {
      throw ValidationError("'--tag' \(ExperimentSpec.nameRule), got \(tag.quoted)")
    }
  }

  func run() throws {
    let plansOfFiles = try Planning(data, spec).readAll(files)
    if dryRun { return try list(plansOfFiles) }
    let plans = plansOfFiles.flatMap(\.self)
    Interruption.watch()
    let context = RunContext(
      runs.directory, threads, repository: GitRepository(containing: "."), tag: tag, note: note)
    let queue = RunQueue(
      requests(plans), missing ? .missing(retriesFailed: retryFailed) : .all, context,
      backend: threads.backend, locations: data.locations, warn: RunSession.warn)
    let session = RunSession(context, data, threads, isQuiet: quiet, endsAtFailure: failFast)
    if let jobs { session.run(queue, jobs: jobs) } else { session.run(queue) }
    if missing { reportLedger(queue) }
    let planned =
      queue.requests.count - queue.completedBefore - queue.failedBefore.count
      - queue.runningElsewhere
    try session.conclude(planned: planned, requiresTargets: requireTargets)
    if !queue.failedBefore.isEmpty { throw ExitCode(ExitStatus.runFailed.rawValue) }
  }

  /// Says of requests without a run in this command why they have none.
  private func reportLedger(_ queue: RunQueue) {
    for run in queue.failedBefore {
      let message = run.failure.map { ": \($0.message)" } ?? ""
      Console.error("\(run.status.rawValue) before: \(run.folder.path)\(message)")
    }
    if !queue.failedBefore.isEmpty { Console.error("hint: '--retry-failed' repeats them") }
    if quiet { return }
    for (count, words) in [
      (queue.completedBefore, "completed before"),
      (queue.runningElsewhere, "running elsewhere"),
    ] where count > 0 {
      Console.error("\(words): \(count.grouped) of \(counted(queue.requests.count, "run"))")
    }
  }

  /// Lists the runs of all plans: with `--missing`, those that there would be.
  private func list(_ plansOfFiles: [[ExperimentPlan]]) throws {
    let ledger = missing ? try RunLedger(root: runs.directory) : nil
    func seeds(of plan: ExperimentPlan) -> [Int] {
      self.seeds(of: plan).filter { seed in
        switch ledger?.entry(for: RunRequest(plan, seed: seed)) {
        case nil, .missing, .stopped: true
        case .failed: retryFailed
        case .completed, .running: false
        }
      }
    }
    let lists = plansOfFiles.map { plans in
      plans.map { ($0, seeds(of: $0)) }.filter { !$0.1.isEmpty }
    }
    Console.output(
      lists.filter { !$0.isEmpty }.map { RunPlan($0).text(width: Console.outputWidth) }
        .joined(separator: "\n"))
    let all = lists.flatMap(\.self)
    let runCount = all.reduce(0) { $0 + $1.1.count }
    Console.error("\(counted(all.count, "experiment")), \(counted(runCount, "run"))")
  }

  private func requests(_ plans: [ExperimentPlan]) -> [RunRequest] {
    plans.flatMap { plan in seeds(of: plan).map { RunRequest(plan, seed: $0) } }
  }

  private func seeds(of plan: ExperimentPlan) -> [Int] {
    seed.map { [$0] } ?? seeds.flatMap { SeedList($0)?.seeds } ?? plan.spec.seeds.seeds
  }
}
