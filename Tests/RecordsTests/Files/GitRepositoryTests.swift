import Files
import Records
import TemporaryFolders
import Testing

@Suite struct GitRepositoryTests {
  private let root: TemporaryFolder
  private let commit = "31f82b88cef88a3346483843e8bb783ed56c7151"

  init() throws {
    root = try TemporaryFolder()
    try Storage.createFolder(root.path + "/.git/refs/heads")
    try Storage.createFolder(root.path + "/experiments/mine")
  }

  private func write(_ text: String, to path: String) throws {
    try Storage.createFolder(Storage.parent(of: root.path + "/" + path))
    try Storage.write(text, to: root.path + "/" + path)
  }

  private var current: String? {
    GitRepository(containing: root.path + "/experiments/mine")?.commit
  }

  @Test func branchIsFollowed() throws {
    try write("ref: refs/heads/main\n", to: ".git/HEAD")
    #expect(current == nil)  // nothing committed yet
    try write(commit + "\n", to: ".git/refs/heads/main")
    #expect(current == commit)
  }

  @Test func packedBranchIsFound() throws {
    try write("ref: refs/heads/main\n", to: ".git/HEAD")
    try write(
      "# pack-refs\n0123 refs/heads/other\n\(commit) refs/heads/main\n", to: ".git/packed-refs")
    #expect(current == commit)
  }

  @Test func detachedHeadIsTheCommit() throws {
    try write(commit + "\n", to: ".git/HEAD")
    #expect(current == commit)
  }

  @Test func secondWorkingTreesShareTheBranches() throws {
    try Storage.createFolder(root.path + "/.git/worktrees/two")
    try write("ref: refs/heads/main\n", to: ".git/worktrees/two/HEAD")
    try write("../..\n", to: ".git/worktrees/two/commondir")
    try write(commit + "\n", to: ".git/refs/heads/main")
    try write("gitdir: \(root.path)/.git/worktrees/two\n", to: "experiments/.git")
    #expect(current == commit)
  }

  @Test(
    arguments: [
      "\u{1B}]0;x\u{07}", "31f82b88", "ref: ../outside", "ref: refs/../../outside",
      "ref: refs/heads/\u{1B}[2J",
    ])
  func whatIsNoCommitIsNotRecordedAsOne(head: String) throws {
    try write("31f82b88cef88a3346483843e8bb783ed56c7151\n", to: "outside")
    try write(head + "\n", to: ".git/HEAD")
    #expect(current == nil)
  }

  @Test(arguments: ["", "gitdir: ", "gitdir: a\nb", "gitdir: a\0b", "gitdir: a\r\nb"])
  func whatCannotBeUnderstoodIsNotPassedOver(text: String) throws {
    // The repository around it, and one that a careless reader would take.
    try write(commit, to: ".git/HEAD")
    try write(commit, to: "experiments/a/HEAD")
    try write(text, to: "experiments/.git")
    #expect(current == nil)
  }
}
