import ChildPrograms
import Files

/// The differences between tracked files and the commit that is checked out.
package struct GitChanges: Hashable, Sendable {
  /// The text of git.diff; empty if nothing differs. File names and contents are not always UTF-8.
  package let diff: [UInt8]
  /// True if `diff` is cut; then its last line says so.
  package let isCut: Bool

  /// The changes in `output`, which is the beginning or all of Git's diff.
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
  /// The uncommitted changes according to `git diff HEAD`; nil if they are unknown: without Git or a commit, or if Git
  /// takes longer than `timeLimit`, refuses a repository of another user, or would run programs that the repository
  /// names.
  ///
  /// Files that are not tracked do not count, and are not looked for. Nothing is written.
  ///
  /// - Parameter limit: the largest size of the diff, in bytes.
  package func changes(limit: Int = 1_000_000, timeLimit: Duration = .seconds(10)) -> GitChanges? {
    guard commit != nil, !configuresFilters else { return nil }
    var git = ChildProgram(
      ["git", "-C", root, "--work-tree", root]
        + Self.settings.flatMap { ["-c", $0] } + ["diff"] + Self.options + ["HEAD", "--"])
    // Git's variables may refer to another repository, as they do in a hook.
    git.hiddenVariables = "GIT_"
    git.variables = [
      // Git finds this repository or none, and does not fetch objects that a partial clone lacks.
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

  /// Settings that override the repository's configuration: programs that Git would run, and an index that it would
  /// write, and so lock.
  private static let settings = [
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "diff.autoRefreshIndex=false",
    "safe.bareRepository=explicit", "filter.lfs.clean=", "filter.lfs.process=",
    "filter.lfs.required=false", "core.quotepath=off",
  ]

  /// Options that make the diff independent of the user's configuration, and run no other program. For submodules only
  /// the commit counts, since looking into one starts another Git.
  private static let options = [
    "--patch", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--src-prefix=a/",
    "--dst-prefix=b/", "--submodule=short", "--ignore-submodules=dirty",
  ]

  /// True if the repository may have Git run programs on changed files. No option of Git disables all of them.
  private var configuresFilters: Bool {
    [common + "/config", folder + "/config.worktree"].contains { path in
      guard Storage.exists(path) else { return false }
      guard let text = try? Storage.readText(path, limit: 1 << 20).lowercased() else { return true }
      return text.contains("[filter") || text.contains("[include")
    }
  }
}
