import ChildPrograms
import Files
import Foundation
import Records
import Testing

/// Repositories made by somebody who wants a program run where only a diff is asked for.
@Suite struct GitStandInTests {
  private let repository: TestRepository
  private var path: String { repository.path }

  init() throws {
    repository = try TestRepository()
    try Storage.write("* filter=mine diff=mine\n", to: path + "/.gitattributes")
    try repository.git(["add", "--all"])
    try repository.git(["commit", "--quiet", "--message", "x"])
    try Storage.write("two\n", to: path + "/tracked")
  }

  /// Adds `text` to the configuration in `folder`, with the path of the trap in place of `TRAP`.
  private func configure(_ text: String, in folder: String = ".git") throws {
    let trap = try repository.trap()
    try Folder("\(path)/\(folder)").append(
      "\n" + text.replacing("TRAP", with: trap) + "\n", to: "config")
  }

  /// Expects that telling the changes runs no program, although Git itself would.
  private func expectNothingIsRun(
    differs: Bool? = true, _ place: SourceLocation = #_sourceLocation
  ) throws {
    let diff = repository.diff()
    #expect(try !repository.springs(), sourceLocation: place)
    #expect(diff?.contains("+two\n") == differs, sourceLocation: place)
    var git = ChildProgram(["git", "diff", "HEAD"])
    git.directory = path
    git.isQuiet = true
    git.timeLimit = .seconds(60)
    _ = try git.run()
    #expect(try repository.springs(), "the attack is none", sourceLocation: place)
  }

  private static let filter = "[filter \"mine\"]\nclean = 'TRAP'"

  @Test(
    arguments: [
      filter, "[filter \"mine\"]\nprocess = 'TRAP'\nrequired", "[FiLTeR \"mine\"] CLEAN='TRAP'",
      "[filter.mine]\nclean = 'TRAP'", "[core]\nfsmonitor = 'TRAP'",
      "[diff]\nexternal = 'TRAP'", "[diff \"mine\"]\ncommand = 'TRAP'",
      "[diff \"mine\"]\ntextconv = 'TRAP'",
    ])
  func programsThatItConfiguresAreNotRun(text: String) throws {
    try configure(text)
    try expectNothingIsRun()
  }

  @Test(
    arguments: [
      "[include]\npath = ../more", "[INCLUDE] Path = \"../more\"",
      "[includeIf \"gitdir:**\"]\npath = ../more", "[includeIf \"onbranch:**\"]\npath = ../more",
    ])
  func norThoseOfFilesThatItIncludes(text: String) throws {
    try Storage.write(
      Self.filter.replacing("TRAP", with: repository.trap()), to: path + "/more")
    try configure(text)
    try expectNothingIsRun()
  }

  @Test func norThoseThatItConfiguresForOneWorkingTree() throws {
    try configure("[extensions]\nworktreeConfig = true")
    try Storage.write(
      Self.filter.replacing("TRAP", with: repository.trap()), to: path + "/.git/config.worktree")
    try expectNothingIsRun()
  }

  @Test func norTheServerOfMissingObjects() throws {
    try configure(
      """
      [core]
      repositoryFormatVersion = 1
      [extensions]
      partialClone = origin
      [remote "origin"]
      url = "\(repository.root.path)"
      promisor = true
      uploadpack = 'TRAP' < /dev/null
      """)
    let objects = path + "/.git/objects"
    // The contents of the committed file: what `git hash-object` says of "one\\n".
    try Folder(objects + "/56").removeFile("26abf0f72e58d7a153368ba57db4c673c0e171")
    try expectNothingIsRun(differs: nil)
  }

  @Test func aRepositoryWhoseNameHasALineBreakIsNotMistakenForAnother() throws {
    try rename(".git", to: "real\nfolder")
    try copy("real\nfolder", to: "real")
    try configure(Self.filter, in: "real\nfolder")
    try Storage.write("gitdir: real\nfolder\n", to: path + "/.git")
    try expectNothingIsRun(differs: nil)
  }

  @Test func norOneWhoseSharedFolderHas() throws {
    try rename(".git", to: "moved")
    try copy("moved", to: "common\nfolder")
    try copy("moved", to: "common")
    try configure(Self.filter, in: "common\nfolder")
    try Storage.write("../common\nfolder\n", to: path + "/moved/commondir")
    try Storage.write("gitdir: moved\n", to: path + "/.git")
    try expectNothingIsRun(differs: nil)
  }

  @Test func norOneThatIsNamedWithAnotherLineEnd() throws {
    try rename(".git", to: "real")
    try copy("real", to: "real\r\n")
    try configure(Self.filter, in: "real")
    try Storage.write("gitdir: real\r\n", to: path + "/.git")
    try expectNothingIsRun()
  }

  @Test func norOneBehindALink() throws {
    try rename(".git", to: "real")
    try configure(Self.filter, in: "real")
    try Storage.createLink(path + "/.git", to: "real")
    try expectNothingIsRun()
  }

  @Test(arguments: ["HEAD", "config", "packed-refs", "commondir"])
  func whatIsNoFileIsNotWaitedFor(name: String) throws {
    try? Folder("\(path)/.git").removeFile(name)
    try run("mkfifo", name, at: path + "/.git")
    let isNeeded = ["HEAD", "commondir"].contains(name)
    #expect((GitRepository(containing: path)?.commit == nil) == isNeeded)
    _ = repository.diff()
  }

  private func rename(_ old: String, to new: String) throws {
    try FileManager.default.moveItem(atPath: "\(path)/\(old)", toPath: "\(path)/\(new)")
  }

  private func copy(_ old: String, to new: String) throws { try run("cp", "-r", old, new) }

  private func run(_ words: String..., at place: String? = nil) throws {
    var program = ChildProgram(words)
    program.directory = place ?? path
    try #require(try program.failure() == nil)
  }
}
