import ArgumentParser
import Diagnostics
import Records
import Running

/// `exp verify RUN…`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run runs again, and say whether they come out the same to the bit.",
    discussion: """
      Each run is repeated in a temporary folder, which stays only if something differs. The losses of all steps, \
      the parameters after each epoch, history, weights, predictions and scores are compared; times are not. Exits with 1 \
      if anything differs. Runs without results are named and skipped, unless they are all that an argument means.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'.",
      valueName: "run"), completion: Completions.runs)
  var arguments: [String]
  @Flag(help: "Stop after the first epoch, and compare that.") var quick = false
  @OptionGroup var runs: RunsOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    for problem in catalog.problems { Console.error("error: \(problem)") }
    let wanted = catalog.runs.filter { $0.status == .completed || catalog.isNamedAlone($0) }
    for run in catalog.runs where !wanted.contains(run) {
      Console.error("skipped: \(run.folder.path) is \(run.status.rawValue)")
    }
    Interruption.watch()
    let context = RunContext(runs.directory, threads)
    let loader = DataLoader()
    var (agrees, count, firstError) = (true, 0, (any Error)?.none)
    for run in wanted where !Interruption.isRequested {
      do {
        agrees = try verify(run.folder, context, loader).agrees && agrees
        count += 1
      } catch is CancellationError {
        // An interrupted repetition counts as not done, like those that did not begin.
      } catch {
        count += 1
        Failure(error).report()
        firstError = firstError ?? error
      }
    }
    // A difference is more important to scripts than any other error.
    if !agrees { throw ExitCode(ExitStatus.runFailed.rawValue) }
    if count < wanted.count { throw CancellationError() }
    if let firstError { throw ExitCode(Failure(firstError).exitStatus.rawValue) }
    if wanted.isEmpty || !catalog.problems.isEmpty {
      throw ExitCode(ExitStatus.inputMissing.rawValue)
    }
  }

  /// Repeats the run in `folder`, and prints the outcome.
  private func verify(
    _ folder: RunFolder, _ context: RunContext, _ loader: DataLoader
  ) throws -> Verdict {
    let verification = try Verification(
      of: folder, context: context, backend: threads.backend, locations: data.locations,
      loader: loader)
    let plan = verification.runner.plan
    let display = ProgressDisplay(epochs: plan.spec.training.epochs, isQuiet: quiet)
    display.line(
      plan.heading([Repetition(seed: verification.seed, fold: plan.fold)], threads: threads.count))
    display.begin("repeating \(folder.path)" + (quick ? ", its first epoch" : ""))
    defer { display.clear() }
    let verdict = try verification.execute(
      isQuick: quick, observe: display.show, isInterrupted: { Interruption.isRequested })
    display.line("")
    Console.output(verdict.text(of: folder))
    return verdict
  }
}
