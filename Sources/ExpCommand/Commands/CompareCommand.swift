import ArgumentParser
import Reports
import Runs

extension ComparisonFormat: ExpressibleByArgument {}
extension ComparisonColumn: ExpressibleByArgument {}

/// `exp compare [RUN…]`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Tabulate scores over the seeds of each spec.",
    discussion: """
      Runs of the same spec make one row, whatever they are called. Per spec and seed the latest completed run \
      counts; all others are shown below the table.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'; default: all.",
      valueName: "run"))
  var arguments: [String] = []
  @Option(help: "How to write it.") var format = ComparisonFormat.table
  @Option(help: ArgumentHelp("The column to sort by, best first.", valueName: "column"))
  var sortBy = ComparisonColumn.valF1Macro
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    runs.explainAbsence(from: catalog)
    Console.output(
      Comparison(catalog, sortedBy: sortBy).text(format, width: Console.outputWidth))
    guard format == .csv else { return }
    // CSV has no place for notes, and nothing may be left out in silence.
    for note in Comparison(catalog).notes { Console.error(note) }
  }
}
