import Files
import Foundation
import TemporaryFolders
import Testing

@Suite struct StorageTests {
  private let folder: TemporaryFolder
  private var file: String { folder.path + "/a.txt" }

  init() throws { folder = try TemporaryFolder() }

  @Test func writingReplacesTheWholeFile() throws {
    try Storage.write("a long text", to: file)
    try Storage.write("short", to: file)
    #expect(try Storage.readText(file) == "short")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func failedWriteLeavesNothingBehind() throws {
    try Storage.createFolder(file + "/inside")  // a folder has the file's name
    #expect(throws: StorageError(.write, file, code: EISDIR)) {
      try Storage.write("text", to: file)
    }
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func missingFolderIsNamed() throws {
    let path = folder.path + "/none/a.txt"
    let error = try #require(throws: StorageError.self) { try Storage.write("text", to: path) }
    #expect(error.isMissing)
    #expect("\(error)" == "cannot write '\(path)': No such file or directory")
  }

  @Test func filesWithoutKnownSizeAreReadWhole() throws {
    #expect(try Storage.readText("/proc/self/status").contains("Name:"))
  }

  @Test func textHasToBeUTF8() throws {
    try Storage.write([0xFF, 0xFE], to: file)
    #expect(throws: DamagedFileError(path: file, reason: "it is not UTF-8 text")) {
      try Storage.readText(file)
    }
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    try Storage.createFolder(folder.path + "/x/y/z")
    try Storage.createFolder(folder.path + "/x/y/z")
    #expect(Storage.isFolder(folder.path + "/x/y/z"))
  }

  @Test func aFileInTheWayOfAFolderIsAnError() throws {
    try Storage.write(Array("text".utf8), to: file)
    #expect(throws: StorageError(.create, file, code: ENOTDIR)) { try Storage.createFolder(file) }
  }

  @Test(arguments: [
    ("runs/a/b", "runs/a", "b"), ("runs", ".", "runs"), ("/runs", "/", "runs"),
    ("runs/a/", "runs", "a"),
  ])
  func pathsHaveParts(path: String, parent: String, name: String) {
    #expect(Storage.parent(of: path) == parent)
    #expect(Storage.name(of: path) == name)
  }
}
