import ArgumentParser
import Diagnostics
import Records
import TextLayout

/// `exp tag RUN… --as TAG`
struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Give runs a tag, by which tables tell them apart.",
    discussion: """
      It takes the place of the one that 'exp run --tag' gave, and stands in a file of its own, tag.txt: no record \
      changes. 'exp list' shows it, and 'exp compare --group-by tag' makes a row of each.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var arguments: [String]
  @Option(name: .customLong("as"), help: ArgumentHelp("The tag.", valueName: "tag"))
  var tag: String?
  @Flag(help: "Take such tags away: those that 'exp run --tag' gave hold again.") var remove = false
  @OptionGroup var options: RunsOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (tag == nil) == remove else {
      throw ValidationError("one of '--as' and '--remove' is needed")
    }
    if let tag, !ExperimentName.isValid(tag) {
      throw ValidationError("'--as' \(ExperimentName.rule), got \(tag.quoted)")
    }
  }

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: options.directory)
    if let problem = catalog.problems.first { throw RunArgumentError.unreadable(problem) }
    guard !catalog.runs.isEmpty else {
      throw RunArgumentError.noMatch(argument: arguments[0], root: options.directory)
    }
    for run in catalog.runs { try run.folder.give(tag: tag) }
    let count = counted(catalog.runs.count, "run")
    Console.output(tag.map { "\(count) tagged '\($0)'\n" } ?? "\(count) without such a tag\n")
  }
}
