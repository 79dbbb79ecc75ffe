import Diagnostics
import Testing

struct DiagnosticRenderingTests {
  private func rendered(
    _ line: String, column: Int, message: String = "no", color: Bool = false
  ) -> String {
    let place = Location(file: SourceFile(path: "a.yaml", text: line), line: 1, column: column)
    return Diagnostic(identifier: .usage, message: message, location: place).rendered(color: color)
  }

  @Test func showsPlaceSourceCaretNotesAndHint() {
    let text =
      String(repeating: "\n", count: 26) + "    - {type: conv2d}\n\n\n\n    - {type: dense}\n"
    let file = SourceFile(path: "mnist.yaml", text: text)
    let diagnostic = Diagnostic(
      identifier: .usage, message: "'dense' needs a flat input, got 5×5×64",
      location: Location(file: file, line: 31, column: 5),
      notes: [
        .init("that shape is produced here", at: Location(file: file, line: 27, column: 5))
      ], hint: "insert '- {type: flatten}' before it")
    #expect(
      diagnostic.rendered() == """
        mnist.yaml:31:5: error: 'dense' needs a flat input, got 5×5×64
           31 |     - {type: dense}
              |     ^
        mnist.yaml:27:5: note: that shape is produced here
        hint: insert '- {type: flatten}' before it
        """)
  }

  @Test func warningsAndMessagesWithoutPlaceAreSaidSo() {
    let diagnostic = Diagnostic(identifier: .usage, severity: .warning, message: "odd")
    #expect(diagnostic.rendered() == "warning: odd")
  }

  @Test(arguments: [
    ("\ta: x", 5, "\t   ^"),
    ("日本: x", 5, "      ^"),
    ("é: x", 4, "   ^"),
    ("e\u{301}: x", 5, "   ^"),
    ("😀👨‍👩‍👧🇩🇪❤️: x", 13, "          ^"),
    ("a:", 5, "    ^"),
  ])
  func caretStandsUnderTheCharacter(_ line: String, _ column: Int, _ caret: String) {
    let lines = rendered(line, column: column).split(separator: "\n")
    #expect(lines[1] == "    1 | \(line)")
    #expect(lines[2] == "      | \(caret)")
  }

  @Test func longLinesAreCutAroundTheCaret() {
    let line = String(repeating: "a", count: 200) + "X" + String(repeating: "b", count: 1_000_000)
    let lines = rendered(line, column: 201).split(separator: "\n")
    let before = "…" + String(repeating: "a", count: 59)
    #expect(lines[1] == "    1 | \(before)X\(String(repeating: "b", count: 38))…")
    #expect(lines[2] == "      | " + String(repeating: " ", count: 60) + "^")
  }

  @Test func narrowTerminalsSeeLessOfALine() {
    let line = String(repeating: "a", count: 200) + "X" + String(repeating: "b", count: 200)
    let place = Location(file: SourceFile(path: "a.yaml", text: line), line: 1, column: 201)
    let lines = Diagnostic(identifier: .usage, message: "no", location: place)
      .rendered(width: 50).split(separator: "\n")
    #expect(lines[1].count == 50)
    let (shown, caret) = (Array(lines[1]), Array(lines[2]))
    #expect(caret.count <= 50 && caret.last == "^" && shown[caret.count - 1] == "X")
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let text = rendered("a: \u{1B}[2J", column: 1, message: "got '\u{1B}[2J'")
    #expect(text == "a.yaml:1:1: error: got '\u{FFFD}[2J'\n    1 | a: \u{FFFD}[2J\n      | ^")
  }

  @Test func colorsOnlyAddToTheText() throws {
    let colored = rendered("a: 1", column: 1, color: true)
    #expect(colored.contains("\u{1B}[1;31merror: \u{1B}[0m"))
    let plain = colored.replacing(try Regex("\u{1B}\\[[0-9;]*m"), with: "")
    #expect(plain == rendered("a: 1", column: 1))
  }
}
