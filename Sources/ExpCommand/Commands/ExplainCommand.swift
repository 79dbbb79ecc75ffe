import ArgumentParser
import Launching
import Plans
import Specs

/// `exp explain [NAME]`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain what specs can say: a section, a layer, an optimizer, a field.",
    discussion: """
      Without a name: all that can be explained.

        exp explain conv2d
        exp explain callbacks
        exp explain training.batch_size
      """)

  @Argument(
    help: ArgumentHelp(
      "A type, a section, or a path such as conv2d.strides.", valueName: "name"),
    completion: .custom { _, _, _ in Self.vocabulary.names })
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
    if reference { return Console.output(Reference(vocabulary).text) }
    let explanation = Explanation(vocabulary, width: Console.outputWidth)
    Console.output(try name.map { try explanation.text(of: $0) } ?? explanation.overview)
  }
}
