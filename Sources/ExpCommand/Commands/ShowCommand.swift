import ArgumentParser
import Reports
import Runs

/// `exp show RUN [KEY]`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a run, or one recorded value of it.")

  @Argument(
    help: ArgumentHelp("A run folder, part of a run's name, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var argument: String
  @Argument(help: "A value's path, such as results.test.f1_macro or manifest.seed.")
  var key: String?
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let record = try RunCatalog.single(argument, root: runs.directory)
    let manifest = try record.folder.manifest()
    if let key {
      do {
        Console.output(try record.value(at: key, in: manifest))
      } catch let error as UnknownKeyError {
        throw CommandError(description: error.description)
      }
    } else {
      Console.output(record.summary(manifest, width: Console.outputWidth))
    }
  }
}
