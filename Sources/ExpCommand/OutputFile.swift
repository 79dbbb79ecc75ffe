import ArgumentParser
import Diagnostics
import Files

/// There is a file already where a result should go.
struct OutputExistsError: ReportableError, CustomStringConvertible {
  let path: String
  let exitStatus = ExitStatus.inputOutput

  var description: String {
    "'\(path)' is there already\nhint: '--force' replaces it, '-o' names another"
  }
}

/// The file that a command writes its result to.
struct OutputFile: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; by default standard output.", valueName: "file"),
    completion: .file())
  var path: String?
  @Flag(help: "Replace the file if there is one.") var force = false

  /// Throws if something would be lost, or the file cannot be written.
  func check() throws {
    guard let path else { return }
    if path.isEmpty { throw Diagnostics.usage("'--output' needs the name of a file") }
    if !force { try Self.requireAbsence(of: path) }
    try Storage.requirePlace(for: path)
  }

  /// Throws an `OutputExistsError` if there is a file at `path`. Devices and pipes are there to be written to.
  static func requireAbsence(of path: String) throws(OutputExistsError) {
    if !Storage.isStandardOutput(path), Storage.isFile(path) { throw OutputExistsError(path: path) }
  }

  /// Writes `text` to the file, or to standard output.
  func write(_ text: String) throws {
    guard let path, !Storage.isStandardOutput(path) else { return Console.output(text) }
    try check()
    try Storage.export(text, to: path)
  }
}
