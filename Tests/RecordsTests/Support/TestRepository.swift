import ChildPrograms
import Files
import Foundation
import Records
import TemporaryFolders
import Testing

/// A repository with one committed file, `tracked`, and a program that leaves a mark where it is run.
struct TestRepository {
  /// The folder with the repository and whatever else a test needs.
  let root: TemporaryFolder
  let path: String

  init() throws {
    root = try TemporaryFolder()
    path = root.path + "/ä repository"
    try Storage.createFolder(path + "/experiments")
    try git(["init", "--quiet", "."])
    try Storage.write("one\n", to: path + "/tracked")
    try git(["add", "tracked"])
    try git(["commit", "--quiet", "--message", "x"])
  }

  func git(_ arguments: [String], at place: String? = nil) throws {
    var git = ChildProgram(["git", "-c", "user.name=a", "-c", "user.email=a@b"] + arguments)
    git.directory = place ?? path
    git.isQuiet = true
    try #require(try git.failure() == nil)
  }

  func changes(limit: Int = 1_000_000) -> GitChanges? {
    GitRepository(containing: path + "/experiments")?.changes(limit: limit)
  }

  func diff() -> String? { changes().map { String(decoding: $0.diff, as: UTF8.self) } }

  /// The path of a program that leaves a mark, and otherwise behaves as a filter that changes nothing.
  func trap() throws -> String {
    let program = root.path + "/trap"
    try Storage.write(Array("#!/bin/sh\n: > '\(mark)'\ncat\n".utf8), to: program, mode: 0o755)
    return program
  }

  /// True if the trap has been run since this was last asked.
  func springs() throws -> Bool {
    guard Storage.exists(mark) else { return false }
    try FileManager.default.removeItem(atPath: mark)
    return true
  }

  private var mark: String { root.path + "/sprung" }
}
