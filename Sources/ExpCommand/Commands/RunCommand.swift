import ArgumentParser
import Datasets
import Diagnostics
import Launching
import OneDNNBackend
import Plans
import Records
import Running
import TextLayout

/// `exp run FILE…`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train an experiment, once per seed, each run in its own folder.")

  @Argument(
    help: ArgumentHelp("YAML files that declare experiments.", valueName: "file"),
    completion: Completions.specs)
  var files: [String]
  // A negative number would be taken for an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Run only this seed, instead of those of the file.", valueName: "number"))
  var seed: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Run these seeds, such as 0-4 or 1,3,5, instead of those of the file.", valueName: "list"),
    transform: { try SeedList($0) })
  var seeds: SeedList?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Run these folds, such as 0-4 or 0,2, instead of those of the file.", valueName: "list"),
    transform: { try FoldList($0) })
  var fold: FoldList?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Train on these shares of the training images, such as 0.1,0.2,0.5,1, to see whether more of them help: a sweep over data.limit.",
      valueName: "shares"), transform: { try LearningCurve($0) })
  var learningCurve: LearningCurve?
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
  @OptionGroup var processors: ProcessorOptions
  @Option(
    help: ArgumentHelp(
      "Run so many at a time, each in a process of its own that has its share of the threads.",
      valueName: "number"))
  var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "Hand what is missing to a scheduler, and watch it: 'slurm', or a YAML file that declares a launcher.",
      valueName: "launcher"), completion: Completions.specs)
  var launcher: String?
  // Workers of a launch read the specs as they were when it was made.
  @Option(help: .hidden) var specs: String?
  @Flag(help: "End everything as soon as one run fails.") var failFast = false
  @Flag(help: "Exit with 2 if a target is missed.") var requireTargets = false
  @Flag(help: "List the runs, and run none; with '--launcher', print its script, too.") var dryRun =
    false
  @Flag(help: "Print what the training steps spent their time on, after each run.")
  var profile = false
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func validate() throws {
    if seed != nil, seeds != nil { throw ValidationError("give '--seed' or '--seeds', not both") }
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("'--jobs' must be between 1 and 256, got \(jobs)")
    }
    if profile, jobs != nil {
      throw ValidationError("'--profile' needs one process: leave out '--jobs'")
    }
    if launcher != nil, jobs != nil || profile {
      throw ValidationError(
        "'--launcher' takes neither '--jobs' nor '--profile': 'workers' in its file says how many run at a time"
      )
    }
    let allowed = SeedList.allowed
    if let seed, !allowed.contains(seed) {
      throw ValidationError(
        "'--seed' must be between \(allowed.lowerBound) and \(allowed.upperBound), got \(seed)")
    }
    if retryFailed, !missing, launcher == nil {
      throw ValidationError("'--retry-failed' needs '--missing'")
    }
    if processors.isAny, !missing, launcher == nil {
      throw ValidationError("'--any-cpu' needs '--missing', which goes on with what stopped")
    }
    if let tag, !ExperimentName.isValid(tag) {
      throw ValidationError("'--tag' \(ExperimentName.rule), got \(tag.quoted)")
    }
  }

  /// Reads the specs of the command.
  var planning: Planning { Planning(data, spec, learningCurve: learningCurve) }

  func run() throws {
    let launchFolder = specs.map(LaunchFolder.init(ofSpecs:))
    let (plansOfFiles, sources) = try planning.readAll(files, from: launchFolder?.specs())
    try requireFolds(in: plansOfFiles)
    if let launcher { return try launch(launcher, plansOfFiles, sources) }
    if dryRun { return try list(plansOfFiles) }
    let loader = DataLoader()
    let requests = requests(in: plansOfFiles, loader)
    Interruption.watch()
    let context = RunContext(
      runs.directory, threads, takesAnyProcessor: processors.isAny,
      repository: GitRepository(containing: "."), tag: tag, note: note)
    let profile = profile ? Profile() : nil
    var isTold = quiet
    // With several jobs there are always others to look after.
    let endsWaiting: (() -> Bool)? =
      jobs != nil
      ? nil
      : {
        if !isTold {
          Console.error("waiting until it is seen whether other machines go on with their runs")
        }
        isTold = true
        return Interruption.isRequested
      }
    let queue = RunQueue(
      requests, missing ? .missing(retriesFailed: retryFailed) : .all, context,
      experiments: try launchFolder?.launch().experiments,
      backend: threads.backend(profile), locations: data.locations, loader: loader,
      endsWaiting: endsWaiting, warn: RunSession.warn)
    let session = RunSession(
      context, data, threads, isQuiet: quiet, endsAtFailure: failFast, profile: profile)
    if let jobs { session.run(queue, jobs: jobs) } else { session.run(queue) }
    report(queue.settled, of: queue.requests.count)
    if requireTargets { try session.judge(queue.settled.completed, of: queue.requests, loader) }
    do {
      try session.conclude(
        planned: queue.requests.count - queue.settled.count,
        completion: "the same command with '--missing', which does what is left",
        requiresTargets: requireTargets)
    } catch let code as ExitCode
      where launchFolder != nil && code.rawValue == ExitStatus.interrupted.rawValue
      && !session.hasProgressed
    {
      throw ExitCode(ExitStatus.interruptedAtStart.rawValue)
    }
    if !queue.settled.failed.isEmpty { throw ExitCode(ExitStatus.runFailed.rawValue) }
  }

  /// Reports the requests that need no run in this command, with the reasons.
  func report(_ settled: RunLedger.Settled, of count: Int) {
    for run in settled.failed {
      let message = run.failure.map { ": \($0.message)" } ?? ""
      Console.error("\(run.status.rawValue) before: \(run.folder.path)\(message)")
    }
    if !settled.failed.isEmpty { Console.error("hint: '--retry-failed' repeats them") }
    if !settled.waiting.isEmpty {
      let processors = Set(settled.waiting.map(\.description)).sorted().joined(separator: "; ")
      Console.error(
        "left for another kind of machine: \(settled.waiting.count.grouped) of \(counted(count, "run")) (\(processors))"
          + "\nhint: '--any-cpu' goes on with them, in bits that no machine repeats")
    }
    if quiet { return }
    for (part, words) in [
      (settled.completed.count, "completed before"), (settled.running, "running elsewhere"),
    ] where part > 0 {
      Console.error("\(words): \(part.grouped) of \(counted(count, "run"))")
    }
  }

  /// Lists the runs of all plans; with `--missing`, only those that are missing.
  func list(_ plansOfFiles: [[ExperimentPlan]]) throws {
    // Workers of a launch may be on any processor.
    let context =
      launcher == nil
      ? RunContext(runs.directory, threads, takesAnyProcessor: processors.isAny) : nil
    let ledger = missing ? try RunLedger(root: runs.directory, for: context) : nil
    for problem in ledger?.problems ?? [] { RunSession.warn(problem) }
    var settled = RunLedger.Settled()
    let loader = DataLoader()
    func isWanted(_ request: RunRequest) throws -> Bool {
      let identity = request.identity(try loader.digest(of: request.plan))
      guard let entry = try ledger?.entry(for: identity) else { return true }
      if entry.needsRun(retriesFailed: retryFailed) { return true }
      settled.add(entry)
      return false
    }
    let lists = try experiments(in: plansOfFiles, loader).map { experiments in
      try experiments.map { try $0.filter(isWanted) }.filter { !$0.isEmpty }
    }
    Console.output(
      lists.filter { !$0.isEmpty }.map { RunPlan($0).text(width: Console.outputWidth) }
        .joined(separator: "\n"))
    let all = lists.flatMap(\.self)
    let runCount = all.reduce(0) { $0 + $1.count }
    Console.error("\(counted(all.count, "experiment")), \(counted(runCount, "run"))")
    report(settled, of: runCount + settled.count)
  }

  /// The runs that are asked for.
  func requests(in plansOfFiles: [[ExperimentPlan]], _ loader: DataLoader) -> [RunRequest] {
    experiments(in: plansOfFiles, loader).flatMap(\.self).flatMap(\.self)
  }

  /// The runs of each experiment of each file. With `--missing`, a run that answers two requests is listed once.
  private func experiments(
    in plansOfFiles: [[ExperimentPlan]], _ loader: DataLoader
  ) -> [[[RunRequest]]] {
    var known: Set<RunRequest.Identity> = []
    return plansOfFiles.map { plans in
      plans.map { plan in
        let requests = RunRequest.all(
          of: plan, seeds: seed.map { [$0] } ?? seeds?.seeds, folds: fold?.numbers)
        // Data that cannot be read is reported when its runs are looked for.
        guard missing, let digest = try? loader.digest(of: plan) else { return requests }
        return requests.filter { known.insert($0.identity(digest)).inserted }
      }
    }
  }

  /// Throws unless all plans have the folds that '--fold' names.
  func requireFolds(in plansOfFiles: [[ExperimentPlan]]) throws {
    guard let fold else { return }
    for plan in plansOfFiles.joined() {
      guard let folds = plan.spec.data.folds else {
        throw Diagnostic(
          identifier: .badFolds, message: "'--fold' names folds, but there are none here",
          location: plan.spec.$data.location,
          hint: "leave '--fold' out, or write 'folds: 5' under 'data'")
      }
      if let absent = fold.numbers.first(where: { $0 >= folds.count }) {
        throw Diagnostic(
          identifier: .badFolds,
          message: "'--fold': " + Folds.absence(of: absent, among: folds.count),
          location: folds.node?.location)
      }
    }
  }
}
