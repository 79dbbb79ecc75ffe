import Datasets
import Testing

@Suite struct ArchiveTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let numbers = Array(repeatElement(0...UInt8.max, count: 20).joined())

  /// What `make_archives.py` puts into each.
  private static let files: [(name: String, bytes: [UInt8])] = [
    ("folder/numbers", numbers), ("größe.txt", Array("42\n".utf8)), ("empty", []),
  ]

  /// The names and contents of all files of the archive `path`.
  private func contents(_ path: String) throws -> [(name: String, bytes: [UInt8])] {
    let archive = try Archive(path: path)
    var files: [(String, [UInt8])] = []
    while let entry = try archive.next() {
      files.append((entry.name, try archive.contents(of: entry)))
    }
    return files
  }

  @Test(arguments: ["stored.zip", "deflated.zip", "plain.tar", "gzipped.tar.gz"])
  func `the files of zip and tar are read, folders and links passed over`(name: String) throws {
    let found = try contents(fixture(name))
    let expected = Self.files.filter {
      !name.hasSuffix("zip") || $0.name.utf8.allSatisfy { $0 < 128 }
    }
    #expect(found.map(\.name) == expected.map(\.name))
    #expect(found.map(\.bytes) == expected.map(\.bytes))
  }

  @Test func `files that nobody wants are skipped`() throws {
    let archive = try Archive(path: fixture("gzipped.tar.gz"))
    var sizes: [Int] = []
    while let entry = try archive.next() { sizes.append(entry.byteCount) }
    #expect(sizes == [5120, 3, 0])
  }

  @Test func `a file is read in pieces, of which the last is shorter`() throws {
    let archive = try Archive(path: fixture("deflated.zip"))
    #expect(try archive.next()?.name == "folder/numbers")
    var piece = [UInt8](repeating: 0, count: 2000)
    var (counts, bytes): ([Int], [UInt8]) = ([], [])
    for _ in 0..<4 {
      counts.append(try piece.withUnsafeMutableBytes(archive.read))
      bytes += piece.prefix(counts[counts.count - 1])
    }
    #expect(counts == [2000, 2000, 1120, 0])
    #expect(bytes == Self.numbers)
  }

  @Test(arguments: ["stored.zip", "deflated.zip", "plain.tar", "gzipped.tar.gz"])
  func `what is cut short is an error, wherever it ends`(name: String) throws {
    let whole = try bytes(of: fixture(name))
    // A tar ends with two empty blocks and more, which need not be there.
    let last = name == "plain.tar" ? whole.count - 10_240 + 7000 : whole.count - 1
    for count in stride(from: 0, to: last, by: 97) {
      let path = try folder.write(Array(whole.prefix(count)), to: "cut")
      #expect(throws: DatasetError.self, "\(count) bytes") { try contents(path) }
    }
  }

  @Test func `a changed byte is found by the checksum`() throws {
    var changed = try bytes(of: fixture("stored.zip"))
    let place = try #require(changed.firstRange(of: Self.numbers)).lowerBound
    changed[place + 1000] ^= 1
    let error = try datasetError { try contents(folder.write(changed, to: "changed.zip")) }
    #expect(error.message.contains("CRC"))
  }

  @Test func `more than an archive of its size can hold is refused before memory is taken`() throws
  {
    // The size in the header of the first file, 12 octal digits, and its checksum.
    var bomb = try bytes(of: fixture("plain.tar"))
    let header = try #require(bomb.firstRange(of: Array("folder/numbers".utf8))).lowerBound
    bomb.replaceSubrange(header + 124..<header + 135, with: Array("77777777777".utf8))
    bomb.replaceSubrange(header + 148..<header + 156, with: Array("        ".utf8))
    let sum = String(bomb[header..<header + 512].reduce(0) { $0 + Int($1) }, radix: 8)
    bomb.replaceSubrange(
      header + 148..<header + 156,
      with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
    let error = try datasetError { try contents(folder.write(bomb, to: "bomb.tar")) }
    #expect(
      error.message.contains(
        "it announces 8589934591 bytes for 'folder/numbers', more than an archive of its size can hold"
      ))
  }

  @Test func `what is no archive, and what is no regular file, is said`() throws {
    let page = try folder.write(Array("<!DOCTYPE html><html>".utf8), to: "page.zip")
    #expect(try datasetError { try contents(page) }.message.contains("Unrecognized archive format"))
    #expect(try datasetError { try contents(folder.path) }.message.contains("not a regular file"))
    #expect(
      try datasetError { try contents("\(folder.path)/none.zip") }.message
        == "no such file or folder")
  }
}
