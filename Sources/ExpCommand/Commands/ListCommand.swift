import ArgumentParser
import Records
import Reports

/// `exp list [RUN…]`
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List runs, oldest first.")

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'; default: all.",
      valueName: "run"), completion: Completions.runs)
  var arguments: [String] = []
  @Option(help: "How to write it.") var format = TableFormat.table
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    runs.explainAbsence(from: catalog)
    Console.output(
      catalog.list(format, width: Console.outputWidth, processor: ThreadOptions.processor))
    if format != .table { for problem in catalog.problems { Console.error("error: \(problem)") } }
    try RunsOptions.requireAll(of: catalog)
  }
}
