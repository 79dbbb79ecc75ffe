import Diagnostics
import Foundation
import Specs
import Testing

struct YAMLTests {
  private let folder = FileManager.default.temporaryDirectory.path

  /// Calls `body` with the path of a file of these bytes.
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    var template = Array("\(folder)/specs-test-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(path) }
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    try body(path)
  }

  private func rendered(_ path: String) -> String? {
    #expect(throws: Diagnostics.self) { try YAML.load(path) }?.rendered()
  }

  @Test func aFileIsReadWithOrWithoutByteOrderMark() throws {
    for start: [UInt8] in [[], [0xEF, 0xBB, 0xBF]] {
      try withFile(start + Array("a: [1, ü]\r\n".utf8)) { path in
        let node = try YAML.load(path)
        #expect(node["a"]?.items.compactMap(\.text) == ["1", "ü"])
        #expect(node.location.description == "\(path):1:1")
      }
    }
  }

  @Test func whatIsNotUTF8IsShown() throws {
    try withFile(Array("a: 1\nb: ü".utf8) + [0xFC, 0x0A]) { path in
      #expect(
        rendered(path) == """
          \(path):2:5: error: the text is not UTF-8
              2 | b: ü\u{FFFD}
                |     ^
          hint: save the file with the encoding UTF-8
          """)
    }
  }

  @Test func hugeFilesAreNotReadToTheirEnd() throws {
    try withFile(Array("a: ".utf8)) { path in
      #expect(truncate(path, 100_000_000) == 0)
      #expect(
        rendered(path) == "error: '\(path)' is larger than 1024 KiB, the most a YAML file may be")
    }
  }

  @Test func onlyAPipeThatIsExpectedIsReadAndNotToItsEndEither() throws {
    #expect(rendered("/dev/zero") == "error: cannot read '/dev/zero': it is not a regular file")
    #expect(
      try #require(throws: Diagnostics.self) { try YAML.read("/dev/zero", mayBePipe: true) }
        .rendered().contains("is larger than 1024 KiB"))
    try withFile([]) { path in
      try #require(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
      #expect(rendered(path) == "error: cannot read '\(path)': it is not a regular file")
    }
  }

  @Test func whatCannotBeReadSaysWhy() {
    #expect(
      rendered("no/such.yaml") == "error: cannot read 'no/such.yaml': No such file or directory")
    #expect(
      rendered(folder) == """
        error: cannot read '\(folder)': Is a directory
        hint: name the files in it, as in '\(folder)/*.yaml'
        """)
  }
}
