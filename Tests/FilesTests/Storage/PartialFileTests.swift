import Files
import Foundation
import TemporaryFolders
import Testing

@Suite struct PartialFileTests {
  private let root: TemporaryFolder
  private let folder: Folder

  init() throws {
    root = try TemporaryFolder()
    folder = try Folder(root.path)
  }

  private func open() throws -> PartialFile { try #require(try PartialFile("file", in: folder)) }

  private func append(_ text: String, to file: PartialFile) throws {
    try Array(text.utf8).withUnsafeBytes { try file.append($0) }
  }

  @Test func `it has its name only when it is whole`() throws {
    let file = try open()
    try append("ab", to: file)
    #expect(try root.names().sorted() == [".file.lease.1", "file.partial"])
    try append("c", to: file)
    try file.finish()
    #expect(try root.names() == ["file"])
    #expect(try folder.readText("file", limit: 10) == "abc")
  }

  @Test func `the next one takes up what was begun`() throws {
    do { try append("ab", to: open()) }
    let file = try open()
    #expect(file.byteCount == 2)
    try append("c", to: file)
    try file.finish()
    #expect(try folder.readText("file", limit: 10) == "abc")
  }

  @Test func `it can be begun anew, and removed`() throws {
    let file = try open()
    try append("abc", to: file)
    try file.clear()
    #expect(file.byteCount == 0)
    try append("x", to: file)
    #expect(try folder.readText("file.partial", limit: 10) == "x")
    try file.remove()
    #expect(try root.names() == [".file.lease.1"])
  }

  @Test func `who gives it up leaves nothing but its bytes`() throws {
    do { try open().remove() }
    #expect(try root.names() == [])
    do { try append("ab", to: open()) }
    #expect(try root.names() == ["file.partial"])
  }

  @Test func `what somebody else has written to is not finished`() throws {
    let file = try open()
    try append("ab", to: file)
    try folder.append("x", to: "file.partial")
    #expect(throws: StorageError(.write, root.path + "/file.partial", code: EBUSY)) {
      try file.finish()
    }
    #expect(folder.kind(of: "file") == nil)
  }

  @Test func `there is none of a file that is there`() throws {
    try folder.write("abc", to: "file")
    #expect(try PartialFile("file", in: folder) == nil)
    #expect(try root.names() == ["file"])
  }

  @Test func `another one waits, and finds the file there`() throws {
    var file: PartialFile? = try open()
    try append("abc", to: #require(file))
    let other = try PartialFile("file", in: folder) {
      #expect(throws: Never.self) { try file?.finish() }
      file = nil
    }
    #expect(other == nil)
    #expect(file == nil, "it has waited")
    #expect(try root.names() == ["file"])
  }

  // MARK: other machines

  private var lease: String { root.path + "/.file.lease.1" }

  @Test func `what another machine makes is waited for`() throws {
    try writeForeignLease(lease, age: 100)
    var isThere = false
    let other = try PartialFile("file", in: folder) {
      #expect(throws: Never.self) { try folder.write("abc", to: "file") }
      isThere = true
    }
    #expect(other == nil && isThere)
  }

  @Test func `what another machine has left for good is taken up`() throws {
    try folder.write("ab", to: "file.partial")
    try writeForeignLease(lease, age: 100, outcome: "given up")
    #expect(try open().byteCount == 2)
  }

  /// It might come back, and write on.
  @Test func `what another machine has not renewed is left alone, and the file begun anew`() throws
  {
    try folder.write("ab", to: "file.partial")
    try writeForeignLease(lease, age: 300)
    do {
      let file = try open()
      #expect(file.byteCount == 0)
      try append("x", to: file)
    }
    #expect(try root.names().sorted() == [".file.lease.1", ".file.lease.2", "file.partial"])
    let file = try open()
    #expect(file.byteCount == 0, "the other might still come back")
    try append("abc", to: file)
    try file.finish()
    #expect(try folder.readText("file", limit: 10) == "abc")
    #expect(try root.names() == ["file"], "nothing of the other one stays behind")
  }

  @Test func `who was taken for gone and comes back after the other has finished finds the file`()
    throws
  {
    let file = try open()
    try append("ab", to: file)
    try writeForeignLease(lease, age: 300)
    let other = try open()
    try folder.write("", to: "file.gz.partial")
    try append("abc", to: other)
    #expect(!file.isOvertaken)
    try other.finish()
    #expect(file.isOvertaken && !other.isOvertaken)
    #expect(throws: StorageError.self) { try file.finish() }
    #expect(try folder.readText("file", limit: 10) == "abc")
    #expect(try root.names().sorted().filter { !$0.hasPrefix(".") } == ["file", "file.gz.partial"])
  }

  /// As after Ctrl-Z: the other one has begun a file of its own.
  @Test func `who was taken for gone can still finish`() throws {
    let file = try open()
    try append("ab", to: file)
    try writeForeignLease(root.path + "/.file.lease.2", age: 0)
    try append("c", to: file)
    try file.finish()
    #expect(try folder.readText("file", limit: 10) == "abc")
    #expect(try root.names().sorted() == [".file.lease.2", "file"])
  }

  @Test func `links and pipes in its place are refused`() throws {
    let path = root.path + "/file.partial"
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: root.path + "/elsewhere")
    #expect(throws: StorageError(.create, path, code: ELOOP, .link)) {
      try PartialFile("file", in: folder)
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: StorageError.self) { try PartialFile("file", in: folder) }
    #expect(!Storage.exists(root.path + "/elsewhere"))
  }
}
