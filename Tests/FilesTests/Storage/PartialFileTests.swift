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
    #expect(try root.names() == ["file.partial"])
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
    #expect(try root.names() == [])
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
}
