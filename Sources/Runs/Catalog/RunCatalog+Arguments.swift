extension RunCatalog {
  /// The runs that the command's RUN `arguments` name; all below `root` if there are none.
  ///
  /// An argument is a run folder, a folder of runs, part of a run's name (as its path below `root`
  /// has it), or `latest`. Each has to name something.
  public init(arguments: [String], root: String) throws(RunArgumentError) {
    let all = RunCatalog(paths: Storage.exists(root) ? [root] : [])
    if arguments.isEmpty {
      self = all
      return
    }
    var paths: [String] = []
    for argument in arguments {
      let found = all.paths(matching: argument, below: root)
      if found.isEmpty { throw .noMatch(argument: argument, root: root) }
      paths += found
    }
    self.init(paths: paths)
  }

  /// The one run that `argument` names.
  public static func single(
    _ argument: String, root: String
  ) throws(RunArgumentError) -> RunRecord {
    let found = try RunCatalog(arguments: [argument], root: root)
    if let problem = found.problems.first, found.runs.isEmpty { throw .unreadable(problem) }
    guard let run = found.runs.first, found.runs.count == 1 else {
      throw .severalMatches(argument: argument, paths: found.runs.map(\.folder.path))
    }
    return run
  }

  private func paths(matching argument: String, below root: String) -> [String] {
    if Storage.isFolder(argument) {
      let found = RunCatalog(paths: [argument]).paths
      if !found.isEmpty { return found }
    }
    if argument == "latest" { return runs.suffix(1).map(\.folder.path) }
    return paths.filter { $0.dropFirst(root.count).contains(argument) }
  }
}

/// A RUN argument names no run, or too many.
public enum RunArgumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing matches.
  case noMatch(argument: String, root: String)
  /// More match than are wanted.
  case severalMatches(argument: String, paths: [String])
  /// What matches cannot be read.
  case unreadable(RunProblem)

  /// What is wrong, with the runs to choose from.
  public var description: String {
    switch self {
    case .noMatch(let argument, let root):
      "no run matches '\(argument)': it is no folder with runs, nor part of a run's name in '\(root)'"
    case .severalMatches(let argument, let paths):
      "'\(argument)' matches \(paths.count) runs, but one is wanted:\n"
        + paths.map { "  " + $0 }.joined(separator: "\n")
    case .unreadable(let problem): problem.description
    }
  }
}
