import Diagnostics
import Testing

struct DiagnosticsTests {
  private let file = SourceFile(path: "a.yaml", text: "a\nb\nc")

  private func place(_ line: Int) -> Location { Location(file: file, line: line, column: 1) }

  @Test func areShownInFileOrderAndOtherwiseAsFound() {
    var diagnostics = Diagnostics()
    diagnostics.error(.usage, "third", at: place(3))
    diagnostics.warning(.usage, "first", at: place(1))
    diagnostics.error(.usage, "second", at: place(1))
    diagnostics.error(.usage, "of no place", at: nil)
    #expect(diagnostics.sorted.map(\.message) == ["of no place", "first", "second", "third"])
    #expect(diagnostics.all.map(\.message) == ["third", "first", "second", "of no place"])
  }

  @Test func theSameThingIsSaidOnce() {
    var diagnostics = Diagnostics()
    diagnostics.error(.usage, "same", at: place(1))
    diagnostics.error(.usage, "same", at: place(1))
    diagnostics.error(.usage, "same", at: place(2))
    #expect(diagnostics.all.count == 2)
  }

  @Test func warningsAreNoErrors() {
    var diagnostics = Diagnostics()
    diagnostics.warning(.usage, "odd", at: place(1))
    #expect(!diagnostics.hasErrors)
    diagnostics.error(.usage, "wrong", at: place(1))
    #expect(diagnostics.hasErrors)
  }

  @Test func renderedTextsFollowEachOther() {
    var diagnostics = Diagnostics()
    diagnostics.error(.usage, "b", at: place(2))
    diagnostics.error(.usage, "a", at: nil)
    #expect(diagnostics.rendered() == "error: a\na.yaml:2:1: error: b\n    2 | b\n      | ^")
  }
}
