import ArgumentParser
import Diagnostics
import Files
import Records
import Reports
import TextLayout

/// A run that is to go is held by a process, or it cannot be found out whether it is.
struct RunInUseError: ReportableError, CustomStringConvertible {
  let path: String
  let exitStatus = ExitStatus.inputOutput

  var description: String {
    "'\(path)' is running, or nobody can tell whether it is\nhint: stop it first; 'exp list' says where it runs"
  }
}

/// `exp rm RUN…`
struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove runs, or the checkpoints of their epochs.",
    discussion: """
      It shows what would go, and asks. What is running stays. What was removed is missing again: \
      'exp run --missing' trains it anew.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var arguments: [String]
  @Flag(help: "Remove only the weights of single epochs, which 'model_checkpoint' keeps.")
  var checkpoints = false
  @Flag(name: .shortAndLong, help: "Remove without asking.") var yes = false
  @OptionGroup var options: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalog = try RunCatalog(arguments: arguments, root: options.directory)
    if let problem = catalog.problems.first { throw RunArgumentError.unreadable(problem) }
    guard !catalog.runs.isEmpty else {
      throw RunArgumentError.noMatch(argument: arguments[0], root: options.directory)
    }
    let folders = catalog.runs.map(\.folder)
    if let running = folders.first(where: \.isHeld) { throw RunInUseError(path: running.path) }
    let size = try folders.reduce(0) {
      $0 + (checkpoints ? try $1.checkpointByteCount() : try $1.byteCount())
    }
    if checkpoints, size == 0 { return Console.output("there are no checkpoints\n") }
    if !yes {
      let what = description(of: folders.count, size)
      Console.output(catalog.list(width: Console.outputWidth))
      guard let answer = Console.answer(to: "\nRemove \(what)? [y/N]") else {
        throw Diagnostics.usage(
          "nobody is here to say whether to remove \(what)", hint: "'--yes' removes them")
      }
      guard !answer.isEmpty, "yes".hasPrefix(answer) else {
        return Console.error("nothing was removed")
      }
    }
    try remove(folders)
    if !checkpoints { removeEmptyFolders(above: folders) }
  }

  /// Removes one after the other; where one fails, the others go on.
  private func remove(_ folders: [RunFolder]) throws {
    var (count, size, firstError) = (0, 0, (any Error)?.none)
    for folder in folders {
      do {
        let own = checkpoints ? try folder.checkpointByteCount() : try folder.byteCount()
        let isDone = checkpoints ? try folder.removeCheckpoints() : try folder.remove()
        guard isDone else { throw RunInUseError(path: folder.path) }
        (count, size) = (count + 1, size + own)
      } catch {
        Failure(error).report()
        firstError = firstError ?? error
      }
    }
    if count > 0 { Console.output("removed \(description(of: count, size))\n") }
    if let firstError { throw ExitCode(Failure(firstError).exitStatus.rawValue) }
  }

  /// `2 runs, 1.3 MB`, or what else goes of so many runs.
  private func description(of count: Int, _ size: Int) -> String {
    (checkpoints ? "the checkpoints of " : "") + counted(count, "run") + ", " + size.bytesInWords
  }

  /// Removes the folders of experiments, right below that of all runs, in which nothing is left.
  private func removeEmptyFolders(above folders: [RunFolder]) {
    guard let root = try? Storage.canonicalPath(options.directory),
      let all = try? Folder(root)
    else { return }
    for parent in Set(folders.map { Storage.parent(of: $0.path) }) {
      guard let place = try? Storage.canonicalPath(parent), Storage.parent(of: place) == root
      else { continue }
      all.removeFolder(Storage.name(of: place), files: [])
    }
  }
}
