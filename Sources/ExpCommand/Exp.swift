import ArgumentParser
import Diagnostics
import Glibc
import Plans
import Specs

/// The command `exp`.
@main
struct Exp: ParsableCommand {
  static let version = "0.1.0"
  /// The parser begins its errors as all others begin.
  static let _errorLabel = "error"

  static let configuration = CommandConfiguration(
    commandName: "exp",
    abstract: "Runs declared experiments: trains image classifiers from YAML, once per seed.",
    discussion: """
      Write what to train into a YAML file, 'exp check' it, 'exp run' it, and 'exp compare' the runs.

        exp init digits
        exp check digits.yaml
        exp run digits.yaml
        exp compare
      """,
    version: version,
    subcommands: [
      InitCommand.self, RunCommand.self, AttachCommand.self, ResumeCommand.self, WorkCommand.self,
      CheckCommand.self,
      EvaluateCommand.self, VerifyCommand.self, PredictCommand.self, ExportCommand.self,
      CompareCommand.self, DiffCommand.self, ReportCommand.self,
      ListCommand.self, ShowCommand.self, TagCommand.self, RemoveCommand.self, DataCommand.self,
      ExplainCommand.self,
      SchemaCommand.self,
    ])

  static func main() {
    // A run must outlive the reader of its progress. Writing fails with EPIPE instead.
    signal(SIGPIPE, SIG_IGN)
    // Nor does a limit on the size of files end it unheard: writing fails with EFBIG, like on a full disk.
    signal(SIGXFSZ, SIG_IGN)
    // A process that inherits an ignored SIGCHLD cannot wait for its children.
    signal(SIGCHLD, SIG_DFL)
    Suggestions.know { Vocabulary(root: ExperimentSpec.self).otherNames }
    do {
      try SystemText.check()
      try rejectUnknownCommand()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure(hiddenHelp(error) ?? error).exit()
    }
  }

  /// The mistake of an argument such as `-dash.png`, which is no option but has an `h` in it: for the parser that asks for
  /// help, and all would seem well. Nil if `error` is another.
  private static func hiddenHelp(_ error: any Error) -> ValidationError? {
    let words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
    guard exitCode(for: error).isSuccess, !words.contains("-h"),
      !words.contains("--help"), !words.contains("--version"),
      let word = words.first(where: { $0.hasPrefix("-") && $0.contains("h") })
    else { return nil }
    return ValidationError("Unknown option '\(word)'; a file of that name is './\(word)'")
  }

  /// Throws if the first argument should be a subcommand but is not: the parser would only call it unexpected.
  private static func rejectUnknownCommand() throws {
    let commands = configuration.subcommands.map { $0.configuration }
    guard let name = CommandLine.arguments.dropFirst().first, !name.hasPrefix("-"), name != "help",
      !commands.contains(where: { $0.commandName == name })
    else { return }
    let names = commands.filter(\.shouldDisplay).compactMap(\.commandName) + ["help"]
    let near = Suggestions.nearest(to: name, among: names)
    throw ValidationError(
      "there is no command '\(name)'"
        + (near.map { "; did you mean '\($0)'?" } ?? ": there are \(names.joined(separator: ", "))")
    )
  }
}
