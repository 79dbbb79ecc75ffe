import ArgumentParser

/// The command `exp`.
@main
struct Exp: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "exp",
    abstract: "Runs declared experiments: trains image classifiers from YAML, once per seed.",
    discussion: """
      Write what to train into a YAML file, 'exp check' it, 'exp run' it, and 'exp compare' the runs.

        exp check experiments/synthetic-quickstart.yaml
        exp run experiments/synthetic-quickstart.yaml
        exp compare
      """,
    version: version,
    subcommands: [
      RunCommand.self, CheckCommand.self, EvaluateCommand.self, CompareCommand.self,
      ListCommand.self, ShowCommand.self, DataCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure(error).exit()
    }
  }
}
