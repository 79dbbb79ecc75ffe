import ArgumentParser
import Launching
import Plans
import Specs

/// `exp schema`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of specs, for completion and checks in an editor.",
    discussion: """
      With the YAML language server, the first line of a spec names the file that it is in:

        # yaml-language-server: $schema=../docs/experiment.schema.json
      """)

  @Flag(help: "Print that of files for 'exp run --launcher'.") var launcher = false
  @OptionGroup var output: OutputOptions

  func run() {
    let schema =
      launcher
      ? JSONSchema(root: SlurmLauncher.self, isComposed: false)
      : JSONSchema(root: ExperimentSpec.self)
    Console.output(schema.tree.indentedJSON)
  }
}
