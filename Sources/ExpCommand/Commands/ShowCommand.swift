import ArgumentParser
import Records
import Reports
import Specs

/// `exp show RUN [KEY]`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a run, or one recorded value of it.",
    discussion: """
      Of a value of the spec, standard error says where it comes from: which file and line, '--set', or by default.
      """)

  @Argument(
    help: ArgumentHelp("A run folder, part of a run's name, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var argument: String
  @Argument(
    help:
      "A value's address, such as results.test.f1_macro, manifest.seed, optimizer.learning_rate, or its end: learning_rate."
  )
  var key: String?
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let record = try RunCatalog.single(argument, root: runs.directory)
    let manifest = try record.folder.manifest()
    let isRecord =
      key.map { RunRecord.recordNames.contains(String($0.prefix { $0 != "." })) } ?? false
    if let key, !isRecord, let found = try ValueLookup(key, in: record.folder) {
      Console.output(found.value.text.map { $0 + "\n" } ?? YAML.emit(found.value))
      Console.error(found.origin ?? "the run does not say where this comes from")
    } else if let key {
      do {
        Console.output(try record.value(at: key, in: manifest))
      } catch let error as UnknownKeyError {
        let near = isRecord ? nil : ValueLookup.nearest(to: key, in: record.folder)
        throw CommandError(
          description: error.description + (near.map { "\nhint: did you mean '\($0)'?" } ?? ""))
      }
    } else {
      Console.output(record.summary(manifest, width: Console.outputWidth))
    }
  }
}
