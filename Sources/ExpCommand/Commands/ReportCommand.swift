import ArgumentParser
import Diagnostics
import Files
import Metrics
import Records
import Reports

/// `exp report [RUN…]`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write runs into one HTML file, for a browser.",
    discussion: """
      The file holds everything: it can be mailed, printed, and opened without a network. It has the scores of \
      each spec, learning curves, confusion matrices, the most confident mistakes, specs and environments.

      '--mistakes' has a row for each image that a run takes for another class, those first that most runs get wrong: \
      if all do, its label may be wrong. The columns 'part' and 'index' say where the dataset has it, 'probability' is that \
      of the class 'predicted', the mean over runs.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'; default: all.",
      valueName: "run"), completion: Completions.runs)
  var arguments: [String] = []
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write, or '-' for standard output; by default report.html, with '--svg' the column's "
        + "name and .svg, with '--mistakes' mistakes.csv.",
      valueName: "file"), completion: .file())
  var output: String?
  @Option(
    help: ArgumentHelp(
      "Draw only the curve of this column of history.csv, such as val_accuracy, as an SVG picture.",
      valueName: "column"))
  var svg: String?
  @Option(
    help: ArgumentHelp(
      "Say how far experiments are from this one, as 'exp compare' does.", valueName: "name"),
    completion: Completions.runs)
  var baseline: String?
  @Flag(help: "Write only the mistakes on each image, as comma-separated text.")
  var mistakes = false
  @OptionGroup var runs: RunsOptions
  @OptionGroup var colours: OutputOptions

  func run() throws {
    if svg != nil, mistakes {
      throw Diagnostics.usage(
        "'--svg' and '--mistakes' both say what is written", hint: "leave one of them out")
    }
    if let svg, !CurvePicture.columns.contains(svg) { throw unknownColumn(svg) }
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    guard !catalog.runs.isEmpty else {
      for problem in catalog.problems { Console.error("error: \(problem)") }
      throw CommandError(
        description:
          "there are no runs to report on in '\(runs.directory)'; 'exp run FILE' makes some")
    }
    let file = output ?? (mistakes ? "mistakes.csv" : svg.map { "\($0).svg" } ?? "report.html")
    var options = ComparisonOptions()
    options.baseline = baseline
    let comparison = try Comparison(catalog, options)
    var problems = catalog.problems
    if mistakes {
      let table = MistakeTable(comparison)
      problems += table.problems
      // CSV has no place for notes, but nothing may be left out silently.
      for problem in problems { Console.error("not counted: \(problem)") }
      try Storage.export(table.csv, to: file)
    } else if let svg {
      guard let picture = CurvePicture(svg, of: comparison) else {
        throw CommandError(description: "no run has recorded '\(svg)'")
      }
      picture.notes.forEach(Console.note)
      try Storage.export(picture.svg, to: file)
    } else {
      try Storage.export(ReportPage(comparison).html, to: file)
    }
    if !Storage.isStandardOutput(file) { Console.output("\(file)\n") }
    try RunsOptions.requireNone(of: problems)
  }

  private func unknownColumn(_ name: String) -> Diagnostics {
    let near = Suggestions.nearest(
      to: name, among: CurvePicture.columns, OtherNames(ScoreName.otherNames))
    return .usage(
      "'--svg' needs a column of history.csv, got '\(name)'",
      hint: near.map { "did you mean '\($0)'?" }
        ?? "there are \(CurvePicture.columns.joined(separator: ", "))")
  }
}
