import ChildPrograms
import Files
import Foundation
import Records
import TemporaryFolders
import Testing

/// A repository with one committed file, `tracked`, and what stands in the way of telling its changes.
@Suite struct GitChangesTests {
  private let root: TemporaryFolder
  private let path: String

  init() throws {
    root = try TemporaryFolder()
    path = root.path + "/ä repository"
    try Storage.createFolder(path + "/experiments")
    try git("init", "--quiet", ".")
    try Storage.write("one\n", to: path + "/tracked")
    try git("add", "tracked")
    try commit()
  }

  private func git(_ arguments: String..., at place: String? = nil) throws {
    var git = ChildProgram(["git", "-c", "user.name=a", "-c", "user.email=a@b"] + arguments)
    git.directory = place ?? path
    git.isQuiet = true
    try #require(try git.failure() == nil)
  }

  private func commit() throws { try git("commit", "--quiet", "--message", "x") }

  private func changes(limit: Int = 1_000_000) throws -> GitChanges? {
    try #require(GitRepository(containing: path + "/experiments")).changes(limit: limit)
  }

  private func diff() throws -> String? {
    try changes().map { String(decoding: $0.diff, as: UTF8.self) }
  }

  /// Makes the test fail if `changes` runs the program that it returns.
  private func trap() throws -> String {
    let program = root.path + "/trap"
    try Storage.write(
      Array("#!/bin/sh\ntouch '\(root.path)/sprung'\ncat\n".utf8), to: program, mode: 0o755)
    return "'\(program)'"
  }

  private func expectNotSprung(_ place: SourceLocation = #_sourceLocation) {
    #expect(!Storage.exists(root.path + "/sprung"), sourceLocation: place)
  }

  @Test func withoutChangesTheDiffIsEmpty() throws {
    // Nor does a file that nobody committed count, nor one that was touched only.
    try Storage.write("x", to: path + "/untracked")
    try Storage.write("one\n", to: path + "/tracked")
    #expect(try changes() == GitChanges([], isCut: false))
  }

  @Test func changesOfTheWholeRepositoryAreToldWhateverIsConfigured() throws {
    for setting in ["diff.noprefix", "diff.relative", "color.ui"] {
      try git("config", setting, setting == "color.ui" ? "always" : "true")
    }
    try Storage.write("zwei\n", to: path + "/tracked")
    try Storage.write("new\n", to: path + "/ü")
    try git("add", "ü")
    let diff = try #require(try diff())
    #expect(diff.hasPrefix("diff --git a/tracked b/tracked\n"))
    #expect(diff.contains("\n-one\n+zwei\n"))
    #expect(diff.contains("diff --git a/ü b/ü\nnew file"))
  }

  @Test func theRepositoryIsLeftAsItIs() throws {
    let index = path + "/.git/index"
    let old = try Storage.read(index)
    try Storage.write("one\n", to: path + "/tracked")  // Git would note the new times
    _ = try changes()
    #expect(try Storage.read(index) == old)
  }

  @Test func aLongDiffIsCutAtALineEnd() throws {
    try Storage.write((0..<100_000).map { "\($0)\n" }.joined(), to: path + "/tracked")
    let changes = try #require(try changes(limit: 1000))
    let lines = String(decoding: changes.diff, as: UTF8.self).split(separator: "\n")
    #expect(changes.isCut)
    #expect(changes.diff.count < 1100)
    #expect(lines.last == "# cut here: the diff has more than 1000 bytes")
    let number = try #require(lines.dropLast().last?.dropFirst()).description
    #expect(lines.dropLast().dropLast().last?.dropFirst() == "\(try #require(Int(number)) - 1)")
  }

  @Test func beforeTheFirstCommitNothingCanBeTold() throws {
    let fresh = root.path + "/fresh"
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
    try Storage.write("two\n", to: root.path + "/second/tracked")
    let second = try #require(GitRepository(containing: root.path + "/second"))
    #expect(second.changes()?.diff.isEmpty == false)
    #expect(try diff() == "")
  }

  @Test func submodulesAreNotLookedInto() throws {
    let trap = try trap()
    try git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", path, "module")
    try commit()
    try git("config", "core.fsmonitor", trap, at: path + "/module")
    try git("config", "diff.submodule", "diff")
    try Storage.write("two\n", to: path + "/module/tracked")
    #expect(try diff() == "")
    try git("add", "tracked", at: path + "/module")
    try git(
      "-c", "core.fsmonitor=false", "commit", "--quiet", "--message", "x", at: path + "/module")
    try? FileManager.default.removeItem(atPath: root.path + "/sprung")  // the commit may have
    #expect(try #require(try diff()).contains("+Subproject commit "))
    expectNotSprung()
  }

  @Test(arguments: ["core.fsmonitor", "diff.external", "diff.mine.command", "diff.mine.textconv"])
  func programsOfTheRepositoryAreNotRun(setting: String) throws {
    try git("config", setting, try trap())
    try Storage.write("* diff=mine\n", to: path + "/.git/info/attributes")
    try Storage.write("two\n", to: path + "/tracked")
    #expect(try #require(try diff()).contains("+two\n"))
    expectNotSprung()
  }

  @Test func hooksAreNotRun() throws {
    let trap = try trap().dropFirst().dropLast()
    for hook in ["post-index-change", "fsmonitor-watchman"] {
      try Storage.write(
        try Storage.read(String(trap)), to: path + "/.git/hooks/" + hook, mode: 0o755)
    }
    try Storage.write("one\n", to: path + "/tracked")
    #expect(try diff() == "")
    expectNotSprung()
  }

  @Test(arguments: ["clean", "process"])
  func filtersOfTheRepositoryKeepItFromBeingAsked(kind: String) throws {
    try git("config", "filter.mine.\(kind)", try trap())
    try Storage.write("* filter=mine\n", to: path + "/.git/info/attributes")
    try Storage.write("two\n", to: path + "/tracked")
    #expect(try changes() == nil)
    expectNotSprung()
  }

  @Test func filtersFromElsewhereKeepItFromBeingAsked() throws {
    try Storage.write("[Filter \"mine\"]\nclean = \(try trap())\n", to: path + "/more")
    try git("config", "include.path", path + "/more")
    try Storage.write("* filter=mine\n", to: path + "/.git/info/attributes")
    try Storage.write("two\n", to: path + "/tracked")
    #expect(try changes() == nil)
    expectNotSprung()
  }

  @Test func aWorkingTreeElsewhereIsNotRead() throws {
    let other = root.path + "/other"
    try Storage.createFolder(other)
    try Storage.write("secret\n", to: other + "/tracked")
    try git("config", "core.worktree", other)
    #expect(try diff() == "")
  }
}
