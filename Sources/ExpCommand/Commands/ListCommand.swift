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
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    runs.explainAbsence(from: catalog)
    Console.output(catalog.list(width: Console.outputWidth, processor: ThreadOptions.processor))
    try RunsOptions.requireAll(of: catalog)
  }
}
