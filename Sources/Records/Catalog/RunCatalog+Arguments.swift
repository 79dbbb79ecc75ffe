import Diagnostics
import Files

extension RunCatalog {
  /// The runs that the command's RUN `arguments` name; all below `root` if there are none.
  ///
  /// An argument is a run folder, a folder of runs, part of a run's name (as its path below `root`
  /// has it), or `latest`. Each has to name something.
  ///
  /// The records of many runs are cached in the folder `.index` of `root`, for as long as the files are unchanged.
  package init(arguments: [String], root: String) throws(RunArgumentError) {
    try self.init(arguments: arguments, root: root, IndexPolicy())
  }

  /// Likewise, with another policy for the index.
  package init(
    arguments: [String], root: String, _ policy: IndexPolicy
  ) throws(RunArgumentError) {
    var policy = policy
    policy.isWhole = arguments.isEmpty
    let (below, index) = concurrently {
      var search = RunSearch()
      if Storage.exists(root) { search.search(root) }
      return search
    } _: { [policy] in
      (try? Folder(root)).map { RunIndex(of: $0, policy) }
    }
    if arguments.isEmpty {
      self.init(folders: below.found.map(\.folder), problems: below.problems, index: index)
      strays = below.strays
      return
    }
    var (found, problems, strays) = ([RunSearch.Found](), [RunProblem](), [RunProblem]())
    var seen = Set<String>()
    var (known, alone) = ([RunFolder: Outcome](), Set<String>())
    var numbers: [RunFolder: Int] = [:]
    for (number, argument) in arguments.enumerated() {
      if argument.isEmpty { throw .empty }
      let match = Self.search(for: argument, in: below, root: root, index: index, known: &known)
      if match.found.isEmpty, match.problems.isEmpty, match.strays.isEmpty {
        throw .noMatch(argument: argument, root: root)
      }
      if match.found.count == 1 { alone.insert(match.found[0].canonicalPath) }
      let new = match.found.filter { seen.insert($0.canonicalPath).inserted }
      for run in new { numbers[run.folder] = number }
      found += new
      problems += match.problems.filter { seen.insert($0.path).inserted }
      strays += match.strays.filter { seen.insert($0.path).inserted }
    }
    self.init(folders: found.map(\.folder), problems: problems, index: index, known: known)
    self.strays = strays
    argumentNumbers = numbers
    namedAlone = Set(found.filter { alone.contains($0.canonicalPath) }.map(\.folder))
  }

  /// Finds the runs that `argument` names. Runs that have to be read for that become `known`.
  private static func search(
    for argument: String, in below: RunSearch, root: String, index: RunIndex?,
    known: inout [RunFolder: Outcome]
  ) -> RunSearch {
    var inFolder = RunSearch()
    if Storage.isFolder(argument) {
      inFolder.search(argument)
      if !inFolder.found.isEmpty { return inFolder }
    }
    if argument == "latest" {
      if known.isEmpty {
        let folders = below.found.map(\.folder)
        known = Dictionary(zip(folders, read(folders, index: index))) { first, _ in first }
      }
      let latest = known.values.compactMap { try? $0.get() }.max(by: isEarlier)
      guard let latest else {
        // Unreadable runs are named, instead of saying that there are none.
        let unreadable = Set(below.found.map(\.folder.path) + below.problems.map(\.path))
        return below.filtered(unreadable.contains)
      }
      return below.filtered { $0 == latest.folder.path }
    }
    // The whole name of an experiment or a run counts more than a part of others.
    let named = below.filtered {
      $0.dropFirst(root.count).split(separator: "/").contains { $0 == argument }
    }
    let matching =
      named.found.isEmpty
      ? below.filtered { $0.dropFirst(root.count).contains(argument) } : named
    // A folder with other things than runs may have the name of an experiment.
    let isNothing = matching.found.isEmpty && matching.problems.isEmpty
    return isNothing && !inFolder.problems.isEmpty ? inFolder : matching
  }

  /// True if one of the arguments names `run` and no other.
  package func isNamedAlone(_ run: RunRecord) -> Bool { namedAlone.contains(run.folder) }

  /// The runs in the order of the arguments; those that one argument names oldest first.
  package var runsAsNamed: [RunRecord] {
    let ofEach = Dictionary(grouping: runs) { argumentNumbers[$0.folder] ?? 0 }
    return ofEach.keys.sorted().flatMap { ofEach[$0] ?? [] }
  }

  /// It without the runs that another process went on with in a copy, which counts in their place. Those that an
  /// argument names alone stay, and all of them if there are no others.
  package var withoutContinued: RunCatalog {
    let others = runs.filter { $0.status != .continued || isNamedAlone($0) }
    guard !others.isEmpty, others.count < runs.count else { return self }
    var catalog = RunCatalog(runs: others, problems: problems)
    catalog.strays = strays
    catalog.argumentNumbers = argumentNumbers
    catalog.namedAlone = namedAlone
    return catalog
  }

  /// The one run that `argument` names, but for those that were continued in another folder.
  package static func single(
    _ argument: String, root: String
  ) throws(RunArgumentError) -> RunRecord {
    let found = try RunCatalog(arguments: [argument], root: root).withoutContinued
    if let problem = found.problems.first, found.runs.isEmpty { throw .unreadable(problem) }
    guard let run = found.runs.first, found.runs.count == 1 else {
      throw .severalMatches(argument: argument, paths: found.runs.map(\.folder.path))
    }
    return run
  }
}

/// The error that a RUN argument names no run, or too many.
package enum RunArgumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It has no letter, and would match every run.
  case empty
  /// Nothing matches.
  case noMatch(argument: String, root: String)
  /// Several runs match, but one is wanted.
  case severalMatches(argument: String, paths: [String])
  /// The matching run cannot be read.
  case unreadable(RunProblem)

  /// The message, with the runs to choose from.
  package var description: String {
    switch self {
    case .empty: "an argument is empty, and names no run: leave it out, or name a run"
    case .noMatch(let argument, let root):
      "no run matches '\(argument)': \(Self.reason(argument, root: root))"
    case .severalMatches(let argument, let paths):
      "'\(argument)' matches \(paths.count) runs, but one is wanted:\n"
        + paths.prefix(Self.most).map { "  \($0)\n" }.joined()
        + (paths.count > Self.most ? "  and \(paths.count - Self.most) more\n" : "")
        + "hint: name one by its folder, or by more of it"
    case .unreadable(let problem): problem.description
    }
  }

  /// The most runs to choose from that are shown.
  private static let most = 20

  /// The reason why nothing matches, and what may have been meant.
  private static func reason(_ argument: String, root: String) -> String {
    if Storage.isFile(argument) { return "it is a file, and a run is a folder" }
    guard Storage.isFolder(root) else {
      return "there is no folder '\(root)'\nhint: '--output-dir' names the folder of all runs"
    }
    let near = Suggestions.nearest(to: argument, among: RunCatalog.names(in: root))
    return "it is no folder with runs, nor part of a run's name in '\(root)'"
      + (near.map { "\nhint: did you mean '\($0)'?" } ?? "")
  }
}

extension RunArgumentError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
