import ArgumentParser
import Records
import Reports

/// The form in which `exp diff` writes its findings.
enum DiffFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// `exp diff A B`
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what two runs share, and where they part.",
    discussion: """
      Compares specs, environment, data, scores, training and predictions. McNemar's test tells whether it may be \
      luck that one network is right more often. It speaks of these two networks only; whether a spec is better \
      with other seeds, too, is what 'exp compare' tells.
      """)

  @Argument(
    help: ArgumentHelp("A run folder, part of a run's name, or 'latest'.", valueName: "a"),
    completion: Completions.runs)
  var first: String
  @Argument(help: ArgumentHelp("Likewise.", valueName: "b"), completion: Completions.runs)
  var second: String
  @Option(help: "How to write it; json has every digit.") var format = DiffFormat.text
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (first, second) = (try side(first), try side(second))
    let diff = RunDiff(first, second)
    switch format {
    case .text: Console.output(diff.text(width: Console.outputWidth))
    case .json: Console.output(diff.json.indentedJSON)
    }
  }

  private func side(_ argument: String) throws -> RunDiff.Side {
    try RunDiff.Side(reading: try RunCatalog.single(argument, root: runs.directory))
  }
}
