import ArgumentParser
import Diagnostics
import Files
import Records

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
    help: ArgumentHelp("The file to write; '-' is standard output.", valueName: "file"),
    completion: .file())
  var path: String?
  @Flag(help: "Replace the file if there is one.") var force = false

  /// Throws if something would be lost, or the file cannot be written.
  func check() throws {
    if let path { try check(path) }
  }

  /// Likewise, for the file at `path`. Devices and pipes are there to be written to.
  func check(_ path: String) throws {
    if path.isEmpty { throw Diagnostics.usage("'--output' needs the name of a file") }
    if Storage.isStandardOutput(path) { return }
    if Self.isInRun(path) {
      throw Diagnostics.usage(
        "'\(path)' lies in a run's folder, which holds its own record alone",
        hint: "'-o' names another place")
    }
    if !force, Storage.isFile(path) { throw OutputExistsError(path: path) }
    try Storage.requirePlace(for: path)
  }

  /// True if `path`, with all links followed, lies in a run's folder, at any depth.
  private static func isInRun(_ path: String) -> Bool {
    let existing = Storage.isFile(path) ? path : Storage.parent(of: path)
    // Where there is no folder, there is no place either, as is said next.
    guard var folder = try? Storage.canonicalPath(existing) else { return false }
    while !RunFolder(path: folder).isRun {
      let above = Storage.parent(of: folder)
      if above == folder { return false }
      folder = above
    }
    return true
  }

  /// Writes `text` to the file, or to standard output.
  func write(_ text: String) throws {
    guard let path, !Storage.isStandardOutput(path) else { return Console.output(text) }
    try check()
    try Storage.export(text, to: path)
  }
}
