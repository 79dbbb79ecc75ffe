import ArgumentParser
import Diagnostics
import Files
import Records

/// `exp init [NAME]`
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a spec to start from into the current folder.",
    discussion: """
      The file NAME.yaml trains a small network on built-in data, and says in comments how to go on. One that is \
      there already is never overwritten.
      """)

  @Argument(help: "Name of the experiment.") var name = "experiment"
  @OptionGroup var output: OutputOptions

  /// The name without the file's extension, which users may type too.
  private var stem: String {
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  func validate() throws {
    guard !ExperimentName.isValid(stem) else { return }
    throw ValidationError("the name \(ExperimentName.rule), got '\(stem)'")
  }

  func run() throws {
    let file = "\(stem).yaml"
    guard try Storage.create(StarterSpec.text(name: stem), at: file) else {
      Console.error("error: '\(file)' is there already\nhint: 'exp init NAME' writes NAME.yaml")
      // The command is valid, but its output cannot be written.
      throw ExitCode(ExitStatus.inputOutput.rawValue)
    }
    Console.output("\(file)\n")
    Console.error("next: exp run \(file)")
  }
}
