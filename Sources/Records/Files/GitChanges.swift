import ChildPrograms

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
  /// The uncommitted changes according to `git diff HEAD`; nil if they are unknown: without Git or a commit, in a
  /// repository of another user, or if Git takes longer than `timeLimit`.
  ///
  /// Files that are not tracked do not count, and are not looked for. Nothing is written, and nothing that the
  /// repository configures is run: files with filters count as they lie on the disk.
  ///
  /// - Parameter limit: the largest size of the diff, in bytes.
  package func changes(limit: Int = 1_000_000, timeLimit: Duration = .seconds(10)) -> GitChanges? {
    guard let commit, let standIn = try? GitStandIn(for: self, at: commit),
      let settings = standIn.settings(of: self)
    else { return nil }
    var git = standIn.git(
      settings.flatMap { ["-c", $0] } + ["diff"] + Self.options + ["HEAD", "--"])
    git.variables += standIn.noUserConfiguration
    (git.outputLimit, git.timeLimit) = (limit, timeLimit)
    guard let (ending, output) = try? git.run(),
      ending == .exited(status: 0) || ending == .cut
    else { return nil }
    return GitChanges(output, isCut: ending == .cut)
  }

  /// Options that make the diff independent of Git's version, and run no other program. For submodules only the commit
  /// counts, since looking into one starts another Git, which reads its configuration.
  private static let options = [
    "--patch", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--src-prefix=a/",
    "--dst-prefix=b/", "--submodule=short", "--ignore-submodules=dirty",
  ]
}
