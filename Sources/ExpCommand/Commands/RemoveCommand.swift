import ArgumentParser
import Diagnostics
import Records
import Reports
import TextLayout

/// A process is at work in the folder of a run that is to go.
struct RunInUseError: ReportableError, CustomStringConvertible {
  let path: String
  let exitStatus = ExitStatus.inputOutput

  var description: String {
    "'\(path)' is running\nhint: stop it first; 'exp list' says where it runs"
  }
}

/// `exp rm RUN…`
struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove runs, or the checkpoints of their epochs.",
    discussion: """
      It shows what would go, and asks. What is running stays. What was removed is missing again: \
      'exp run --missing' trains it anew.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var arguments: [String]
  @Flag(help: "Remove only the weights of single epochs, which 'model_checkpoint' keeps.")
  var checkpoints = false
  @Flag(name: .shortAndLong, help: "Remove without asking.") var yes = false
  @OptionGroup var options: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: options.directory)
    if let problem = catalog.problems.first { throw RunArgumentError.unreadable(problem) }
    guard !catalog.runs.isEmpty else {
      throw RunArgumentError.noMatch(argument: arguments[0], root: options.directory)
    }
    let folders = catalog.runs.map(\.folder)
    if let running = folders.first(where: \.isHeld) { throw RunInUseError(path: running.path) }
    let size = try folders.reduce(0) {
      $0 + (checkpoints ? try $1.checkpointByteCount() : try $1.byteCount())
    }.bytesInWords
    let what = (checkpoints ? "the checkpoints of " : "") + counted(folders.count, "run")
    if !yes {
      Console.output(catalog.list(width: Console.outputWidth))
      guard let answer = Console.answer(to: "\nRemove \(what), \(size)? [y/N]") else {
        throw Diagnostics.usage(
          "nobody is here to say whether \(what), \(size), may go", hint: "'--yes' removes them")
      }
      guard !answer.isEmpty, "yes".hasPrefix(answer) else {
        return Console.error("nothing was removed")
      }
    }
    for folder in folders {
      let isDone = checkpoints ? try folder.removeCheckpoints() : try folder.remove()
      guard isDone else { throw RunInUseError(path: folder.path) }
    }
    Console.output("removed \(what), \(size)\n")
  }
}
