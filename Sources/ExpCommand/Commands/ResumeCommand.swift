import ArgumentParser
import Diagnostics
import Records
import Running

/// `exp resume RUN…`
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with runs that stopped on their way, exactly as if they had not.",
    discussion: """
      A run goes on from the state that it saved last, and ends in the same bytes as one that was never stopped. \
      That takes the same data, exp, oneDNN and kind of processor; the number of threads may differ. With '--any-cpu' the \
      processor may differ, too, and with it the last bits.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'.",
      valueName: "run"), completion: Completions.runs)
  var arguments: [String] = []
  @Flag(help: "Go on with all runs that were interrupted or crashed.") var all = false
  @OptionGroup var runs: RunsOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var processors: ProcessorOptions
  @OptionGroup var output: OutputOptions
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func validate() throws {
    if arguments.isEmpty != all {
      throw ValidationError(
        all ? "give runs or '--all', not both" : "name a run, or give '--all' for all that stopped")
    }
  }

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    for problem in catalog.problems { Console.error("error: \(problem)") }
    for run in catalog.runs where run.status == .completed && run.folder.isUntidy {
      do {
        try run.folder.tidy()
      } catch {
        RunSession.warn(error)
      }
    }
    // A failed run would most likely fail again, so it is resumed only if it is named alone.
    let (wanted, others) = catalog.runs.partitioned {
      $0.status.isResumable || $0.status == .failed && catalog.isNamedAlone($0)
    }
    for run in others where !all {
      Console.error(
        "skipped: \(run.folder.path) is \(run.status.rawValue)\(Self.advice(run.status))")
    }
    if wanted.isEmpty, all, catalog.problems.isEmpty {
      return Console.error("no run in '\(runs.directory)' stopped on its way")
    }
    Interruption.watch()
    let context = RunContext(runs.directory, threads, takesAnyProcessor: processors.isAny)
    let session = RunSession(context, data, threads, isQuiet: quiet)
    for run in wanted where !Interruption.isRequested {
      session.attempt { try session.resume(run.folder) }
    }
    let isHelpless = wanted.isEmpty && others.contains(where: { $0.status != .completed })
    try session.conclude(planned: wanted.count)
    if isHelpless || !catalog.problems.isEmpty {
      throw ExitCode(ExitStatus.inputMissing.rawValue)
    }
  }

  /// The advice on a run with the given status; empty if there is none.
  private static func advice(_ status: RunStatus) -> String {
    switch status {
    case .completed: ": there is nothing left to do"
    case .diverged: " and would do so again: 'exp run' with another spec starts anew"
    case .failed: ": name it alone to try again"
    case .running: ": a process is at it"
    case .continued: " by another process, in another folder"
    case .interrupted, .crashed: ""
    }
  }
}

extension Array {
  /// The elements for which `isWanted` holds, and the others.
  fileprivate func partitioned(
    _ isWanted: (Element) -> Bool
  ) -> (wanted: [Element], others: [Element]) {
    (filter(isWanted), filter { !isWanted($0) })
  }
}
