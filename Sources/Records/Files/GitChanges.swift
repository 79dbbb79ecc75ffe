import ChildPrograms
import Files

/// What differs between tracked files and the commit that is checked out.
package struct GitChanges: Hashable, Sendable {
  /// The text of git.diff; empty if nothing differs. File names and contents are not always UTF-8.
  package let diff: [UInt8]
  /// Whether `diff` ends early, which its last line says then.
  package let isCut: Bool

  /// The changes that `output`, the beginning or all of Git's diff, shows.
  package init(_ output: [UInt8], isCut: Bool) {
    self.isCut = isCut
    guard isCut else {
      diff = output
      return
    }
    let end = output.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    diff = output[..<end] + Array("# cut here: the diff has more than \(output.count) bytes\n".utf8)
  }
}

extension GitRepository {
  /// What is not committed, as `git diff HEAD` tells; nil if that cannot be told: without Git or a commit, if Git
  /// takes longer than `timeLimit`, refuses a repository of somebody else's, or would run programs that the
  /// repository names.
  ///
  /// Files that are not tracked do not count, and are not looked for. Nothing is written.
  ///
  /// - Parameter limit: of the diff, in bytes.
  package func changes(limit: Int = 1_000_000, timeLimit: Duration = .seconds(10)) -> GitChanges? {
    guard commit != nil, !configuresFilters else { return nil }
    var git = ChildProgram(
      ["git", "-C", root, "--work-tree", root]
        + Self.settings.flatMap { ["-c", $0] } + ["diff"] + Self.options + ["HEAD", "--"])
    // They may be of another repository, such as in a hook.
    git.hiddenVariables = "GIT_"
    git.variables = [
      // Found is this repository or none, and what it lacks of a partial clone is not fetched.
      "GIT_CEILING_DIRECTORIES=\(Storage.parent(of: root))", "GIT_NO_LAZY_FETCH=1",
      "GIT_ALLOW_PROTOCOL=none",
    ]
    git.isQuiet = true
    (git.outputLimit, git.timeLimit) = (limit, timeLimit)
    guard let (ending, output) = try? git.run(),
      ending == .exited(status: 0) || ending == .cut
    else { return nil }
    return GitChanges(output, isCut: ending == .cut)
  }

  /// Against what a repository may have in its configuration: programs to run, and an index to be written, which
  /// would lock it.
  private static let settings = [
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "diff.autoRefreshIndex=false",
    "safe.bareRepository=explicit", "filter.lfs.clean=", "filter.lfs.process=",
    "filter.lfs.required=false", "core.quotepath=off",
  ]

  /// What makes the diff look the same whatever the user's configuration, and runs no other program. Of submodules
  /// the commit counts: to look into one takes another Git.
  private static let options = [
    "--patch", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--src-prefix=a/",
    "--dst-prefix=b/", "--submodule=short", "--ignore-submodules=dirty",
  ]

  /// Whether the repository may bring programs for Git to run on files that changed. No option of Git switches
  /// all of them off.
  private var configuresFilters: Bool {
    [common + "/config", folder + "/config.worktree"].contains { path in
      guard Storage.exists(path) else { return false }
      guard let text = try? Storage.readText(path).lowercased() else { return true }
      return text.contains("[filter") || text.contains("[include")
    }
  }
}
