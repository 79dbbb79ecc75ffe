import Diagnostics
import Testing

struct SourceFileTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func linesAreCountedFromOneWhateverEndsThem(_ end: String) {
    let file = SourceFile(path: "a.yaml", text: "one\(end)\(end)drei ü\(end)")
    #expect(file.line(0) == nil)
    #expect(file.line(1) == "one")
    #expect(file.line(2) == "")
    #expect(file.line(3) == "drei ü")
    #expect(file.line(4) == "")
    #expect(file.line(5) == nil)
  }

  @Test func aByteOrderMarkIsNoText() {
    #expect(SourceFile(path: "a.yaml", text: "\u{FEFF}a: 1").text == "a: 1")
  }

  @Test func locationsAreOrderedByFileLineAndColumn() {
    let a = SourceFile(path: "a", text: "")
    let b = SourceFile(path: "b", text: "")
    let ordered = [(a, 1, 2), (a, 2, 1), (a, 2, 3), (b, 1, 1)].map {
      Location(file: $0.0, line: $0.1, column: $0.2)
    }
    #expect(ordered.reversed().sorted() == ordered)
    #expect(ordered[0].description == "a:1:2")
  }
}
