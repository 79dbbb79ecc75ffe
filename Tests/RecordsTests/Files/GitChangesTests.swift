import ChildPrograms
import Files
import Glibc
import Records
import TemporaryFolders
import Testing

/// A repository with one committed file, `tracked`, and what stands in the way of telling its changes.
@Suite struct GitChangesTests {
  private let repository: TestRepository
  private var path: String { repository.path }

  init() throws { repository = try TestRepository() }

  private func git(_ arguments: String..., at place: String? = nil) throws {
    try repository.git(arguments, at: place)
  }

  private func commit() throws { try git("commit", "--quiet", "--message", "x") }

  private func changes(limit: Int = 1_000_000) -> GitChanges? { repository.changes(limit: limit) }

  private func diff() -> String? { repository.diff() }

  @Test func withoutChangesTheDiffIsEmpty() throws {
    // Nor does a file that nobody committed count, nor one that was touched only.
    try Storage.write("x", to: path + "/untracked")
    try Storage.write("one\n", to: path + "/tracked")
    #expect(changes() == GitChanges([], isCut: false))
  }

  @Test func changesOfTheWholeRepositoryAreToldWhateverIsConfigured() throws {
    for setting in ["diff.noprefix", "diff.relative", "color.ui"] {
      try git("config", setting, setting == "color.ui" ? "always" : "true")
    }
    try Storage.write("zwei\n", to: path + "/tracked")
    try Storage.write("new\n", to: path + "/ü")
    try git("add", "ü")
    let diff = try #require(repository.diff())
    #expect(diff.hasPrefix("diff --git a/tracked b/tracked\n"))
    #expect(diff.contains("\n-one\n+zwei\n"))
    #expect(diff.contains("diff --git a/ü b/ü\nnew file"))
  }

  @Test func theRepositoryIsLeftAsItIs() throws {
    let index = path + "/.git/index"
    let old = try Storage.read(index)
    try Storage.write("one\n", to: path + "/tracked")  // Git would note the new times
    _ = changes()
    #expect(try Storage.read(index) == old)
  }

  @Test func aLongDiffIsCutAtALineEnd() throws {
    try Storage.write((0..<100_000).map { "\($0)\n" }.joined(), to: path + "/tracked")
    let changes = try #require(repository.changes(limit: 1000))
    let lines = String(decoding: changes.diff, as: UTF8.self).split(separator: "\n")
    #expect(changes.isCut)
    #expect(changes.diff.count < 1100)
    #expect(lines.last == "# cut here: the diff has more than 1000 bytes")
    let number = try #require(lines.dropLast().last?.dropFirst()).description
    #expect(lines.dropLast().dropLast().last?.dropFirst() == "\(try #require(Int(number)) - 1)")
  }

  @Test func beforeTheFirstCommitNothingCanBeTold() throws {
    let fresh = repository.root.path + "/fresh"
    try Storage.createFolder(fresh)
    try git("init", "--quiet", ".", at: fresh)
    #expect(try #require(GitRepository(containing: fresh)).changes() == nil)
  }

  @Test func whatIsNoRepositoryToGitIsNone() throws {
    let folder = path + "/false"
    try Storage.createFolder(folder + "/.git")
    try Storage.write("31f82b88cef88a3346483843e8bb783ed56c7151\n", to: folder + "/.git/HEAD")
    // Not the repository around it, whose commit is another.
    #expect(try #require(GitRepository(containing: folder)).changes() == nil)
  }

  @Test func aSecondWorkingTreeHasChangesOfItsOwn() throws {
    try git("worktree", "add", "--quiet", "../second")
    try Storage.write("two\n", to: repository.root.path + "/second/tracked")
    let second = try #require(GitRepository(containing: repository.root.path + "/second"))
    #expect(second.changes()?.diff.isEmpty == false)
    #expect(diff() == "")
  }

  @Test func submodulesAreNotLookedInto() throws {
    let trap = try repository.trap()
    try git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", path, "module")
    try commit()
    try git("config", "core.fsmonitor", trap, at: path + "/module")
    try git("config", "diff.submodule", "diff")
    try Storage.write("two\n", to: path + "/module/tracked")
    #expect(diff() == "")
    try git("add", "tracked", at: path + "/module")
    try git(
      "-c", "core.fsmonitor=false", "commit", "--quiet", "--message", "x", at: path + "/module")
    _ = try repository.springs()  // the commit may have
    #expect(try #require(diff()).contains("+Subproject commit "))
    #expect(try !repository.springs())
  }

  @Test func filtersAreNotRunSoFilesCountAsTheyLieOnTheDisk() throws {
    try git("config", "filter.mine.clean", "sed s/two/one/")
    try Storage.write("* filter=mine\n", to: path + "/.git/info/attributes")
    try Storage.write("two\n", to: path + "/tracked")
    #expect(try #require(diff()).contains("\n-one\n+two\n"))
  }

  @Test func settingsAndAttributesThatDecideWhatDiffersAreHeeded() throws {
    try git("config", "core.autocrlf", "input")
    try Storage.write("one\r\n", to: path + "/tracked")
    #expect(diff() == "")
    try git("config", "core.autocrlf", "false")
    #expect(diff() != "")
    try Storage.write("* text\n", to: path + "/.git/info/attributes")
    #expect(diff() == "")

    try Storage.write(Array("one\n".utf8), to: path + "/tracked", mode: 0o755)
    #expect(try #require(diff()).contains("new mode 100755"))
    try git("config", "core.filemode", "false")
    #expect(diff() == "")
  }

  @Test func aSplitIndexIsRead() throws {
    try git("config", "core.splitIndex", "true")
    try git("update-index", "--split-index")
    try Storage.write("two\n", to: path + "/new")
    try git("add", "new")
    try #require(try Folder(path + "/.git").names().contains { $0.hasPrefix("sharedindex.") })
    #expect(try #require(diff()).hasPrefix("diff --git a/new b/new\n"))
  }

  @Test func aRepositoryWithLongNamesOfObjectsIsRead() throws {
    let other = repository.root.path + "/sha256"
    try Storage.createFolder(other)
    try git("init", "--quiet", "--object-format=sha256", ".", at: other)
    try Storage.write("one\n", to: other + "/tracked")
    try git("add", "tracked", at: other)
    try git("commit", "--quiet", "--message", "x", at: other)
    let repository = try #require(GitRepository(containing: other))
    #expect(repository.changes()?.diff == [])
    try Storage.write("two\n", to: other + "/tracked")
    #expect(repository.changes()?.diff.isEmpty == false)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can make folders of other users"))
  func aRepositoryOfAnotherUserIsAskedOnlyIfGitTakesItForSafe() throws {
    var git = ChildProgram(["git", "-C", path, "rev-parse", "--git-dir"])
    git.isQuiet = true
    #expect(lchown(path + "/.git", 12_345, 12_345) == 0)
    #expect(try (changes() != nil) == (git.run().ending == .exited(status: 0)))
  }

  @Test func aWorkingTreeElsewhereIsNotRead() throws {
    let other = repository.root.path + "/other"
    try Storage.createFolder(other)
    try Storage.write("secret\n", to: other + "/tracked")
    try git("config", "core.worktree", other)
    #expect(diff() == "")
  }
}
