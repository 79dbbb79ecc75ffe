import ArgumentParser
import Launching
import Metrics
import Plans
import Reports
import Specs

/// `exp explain [NAME]`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain what specs can say: a section, a layer, an optimizer, a field, a metric.",
    discussion: """
      Without a name: all that can be explained.

        exp explain conv2d
        exp explain callbacks
        exp explain training.batch_size
        exp explain roc_auc_macro
      """)

  @Argument(
    help: ArgumentHelp(
      "A type, a section, a path such as conv2d.strides, or a metric.", valueName: "name"),
    completion: .custom { _, _, _ in Self.vocabulary.names + Metric.allCases.map(\.rawValue) })
  var name: String?
  @Flag(help: "Print all as one page in Markdown.") var reference = false
  @OptionGroup var output: OutputOptions

  private static var vocabulary: Vocabulary {
    Vocabulary(root: ExperimentSpec.self, others: [SlurmLauncher.self])
  }

  func validate() throws {
    if reference, name != nil { throw ValidationError("'--reference' takes no name") }
  }

  func run() throws {
    let vocabulary = Self.vocabulary
    if reference {
      let metrics = (title: "Metrics", text: MetricExplanation.reference)
      return Console.output(Reference(vocabulary, others: [metrics]).text)
    }
    let width = Console.outputWidth
    let explanation = Explanation(vocabulary, width: width)
    guard let name else {
      return Console.output(
        explanation.overview(with: MetricExplanation.overview(width: width)))
    }
    if MetricExplanation.namesOfAll.contains(name) {
      return Console.output(MetricExplanation.heading + explanation.list(MetricExplanation.entries))
    }
    // 'loss' is a catalogue, too.
    let metric = vocabulary.names.contains(name) ? nil : MetricExplanation(of: name)
    do {
      Console.output(try metric?.text(width: width) ?? explanation.text(of: name))
    } catch {
      guard let meant = MetricExplanation.name(for: name) else { throw error }
      throw CommandError(
        description:
          "there is nothing called \(name.quoted) to explain\nhint: did you mean '\(meant)'?")
    }
  }
}
