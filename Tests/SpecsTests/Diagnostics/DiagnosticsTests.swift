import Specs
import Testing

struct DiagnosticsTests {
  private let file = SourceFile(path: "a.yaml", text: "a\nb\nc")

  private func place(_ line: Int) -> Location { Location(file: file, line: line, column: 1) }

  @Test func areShownInFileOrderAndOtherwiseAsFound() {
    var diagnostics = Diagnostics()
    diagnostics.error("x", "third", at: place(3))
    diagnostics.warning("x", "first", at: place(1))
    diagnostics.error("x", "second", at: place(1))
    diagnostics.error("x", "of no place", at: nil)
    #expect(diagnostics.sorted.map(\.message) == ["of no place", "first", "second", "third"])
    #expect(diagnostics.all.map(\.message) == ["third", "first", "second", "of no place"])
  }

  @Test func theSameThingIsSaidOnce() {
    var diagnostics = Diagnostics()
    diagnostics.error("x", "same", at: place(1))
    diagnostics.error("x", "same", at: place(1))
    diagnostics.error("x", "same", at: place(2))
    #expect(diagnostics.all.count == 2)
  }

  @Test func warningsAreNoErrors() {
    var diagnostics = Diagnostics()
    diagnostics.warning("x", "odd", at: place(1))
    #expect(!diagnostics.hasErrors)
    diagnostics.error("x", "wrong", at: place(1))
    #expect(diagnostics.hasErrors)
  }

  @Test func renderedTextsFollowEachOther() {
    var diagnostics = Diagnostics()
    diagnostics.error("x", "b", at: place(2))
    diagnostics.error("x", "a", at: nil)
    #expect(diagnostics.rendered() == "error: a\na.yaml:2:1: error: b\n    2 | b\n      | ^")
  }
}
