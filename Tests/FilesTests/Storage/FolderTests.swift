import Files
import Foundation
import TemporaryFolders
import Testing

/// What someone else put into a folder leads nowhere out of it.
@Suite struct FolderTests {
  private let root: TemporaryFolder
  private let folder: Folder
  private let outside: String

  init() throws {
    root = try TemporaryFolder()
    try Storage.createFolder(root.path + "/outside")
    try Storage.createFolder(root.path + "/inside")
    outside = root.path + "/outside"
    try Storage.write("kept", to: outside + "/file")
    folder = try Folder(root.path + "/inside")
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path(of: name), withDestinationPath: target)
  }

  private func expectOutsideUntouched() throws {
    #expect(try Folder(outside).names() == ["file"])
    #expect(try Storage.readText(outside + "/file") == "kept")
  }

  @Test func `the way to it may contain links`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: root.path + "/link", withDestinationPath: "inside")
    let same = try Folder(root.path + "/link")
    try same.write("text", to: "a.txt")
    #expect(try folder.readText("a.txt", limit: 4) == "text")
  }

  @Test(arguments: ["outside/file", "none", "file"])
  func `links in it are not followed`(target: String) throws {
    try link("file", to: "../\(target)")
    let path = folder.path(of: "file")
    func refusal(_ operation: StorageError.Operation) -> StorageError {
      StorageError(operation, path, code: ELOOP, .link)
    }
    #expect(throws: refusal(.read)) { try folder.read("file", limit: 100) }
    #expect(throws: refusal(.read)) { try folder.withFile("file") { _, _ in } }
    #expect(throws: refusal(.write)) { try folder.append("text", to: "file") }
    #expect(folder.kind(of: "file") == .link)
    #expect("\(refusal(.read))" == "cannot read '\(path)': it is a link, which is not followed")
    try expectOutsideUntouched()
    // Writing replaces the link, as it replaces a file.
    try folder.write("new", to: "file")
    #expect(folder.kind(of: "file") == .file)
    try expectOutsideUntouched()
  }

  @Test func `links to folders in it are not followed`() throws {
    try link("folder", to: outside)
    let refusal = StorageError(.read, folder.path(of: "folder"), code: ENOTDIR, .link)
    #expect(throws: refusal) { try folder.folder("folder") }
    #expect(throws: refusal) { try folder.createFolder("folder") }
    folder.removeFolder("folder", files: ["file"])
    #expect(folder.kind(of: "folder") == .link)
    try expectOutsideUntouched()
  }

  @Test func `what takes its place is not touched`() throws {
    try FileManager.default.moveItem(atPath: folder.path, toPath: root.path + "/moved")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path, withDestinationPath: outside)
    try folder.write("text", to: "file")
    try folder.append("more", to: "log")
    _ = try folder.createFolder("state")
    try expectOutsideUntouched()
    #expect(try Folder(root.path + "/moved").names() == ["file", "log", "state"])
  }

  @Test func `a folder that is gone takes no files`() throws {
    try FileManager.default.removeItem(atPath: folder.path)
    let error = try #require(throws: StorageError.self) { try folder.write("text", to: "file") }
    #expect(error.isMissing)
  }

  @Test func `only regular files are read and written, without waiting for others`() throws {
    #expect(mkfifo(folder.path(of: "pipe"), 0o600) == 0)
    let refusal = StorageError(.read, folder.path(of: "pipe"), code: EINVAL, .special)
    #expect(throws: refusal) { try folder.read("pipe", limit: 100) }
    #expect(throws: refusal) { try folder.withFile("pipe") { _, _ in } }
    #expect(throws: StorageError.self) { try folder.append("text", to: "pipe") }
    #expect("\(refusal)".hasSuffix("it is not a regular file"))
    #expect(throws: StorageError(.read, "/dev/zero", code: EINVAL, .special)) {
      try Storage.read("/dev/zero")
    }
  }

  @Test func `files that are larger than they can be are not read`() throws {
    try folder.write("12345", to: "file")
    #expect(try folder.read("file", limit: 5).count == 5)
    let refusal = StorageError(.read, folder.path(of: "file"), code: EFBIG, .larger(than: 4))
    #expect(throws: refusal) { try folder.read("file", limit: 4) }
    #expect("\(refusal)".hasSuffix("it has more than 4 bytes"))
    // A terabyte of nothing takes no room on the disk, and must take none in memory.
    #expect(truncate(folder.path(of: "file"), 1 << 40) == 0)
    #expect(throws: StorageError.self) { try folder.read("file", limit: 1 << 20) }
    // Files without a size known in advance are bounded, too.
    #expect(throws: StorageError.self) { try Storage.read("/proc/self/status", limit: 10) }
  }

  @Test func `appending keeps what is there`() throws {
    try folder.append("one\n", to: "log")
    try folder.append("two\n", to: "log")
    #expect(try folder.readText("log", limit: 100) == "one\ntwo\n")
  }

  @Test func bytesOfLinksAreNotItsOwn() throws {
    try folder.write("12345", to: "a")
    try folder.createFolder("b").write("123", to: ".hidden")
    try link("c", to: outside)
    try link("d", to: outside + "/file")
    #expect(try folder.byteCount() == 8)
  }
}
