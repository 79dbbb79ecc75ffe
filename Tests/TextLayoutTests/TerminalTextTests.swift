import Testing
import TextLayout

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain ± 猫👩‍🔬\n\tline", "plain ± 猫👩‍🔬\n\tline"), ("\u{1B}]0;x\u{07}", "\u{FFFD}]0;x\u{FFFD}"),
    ("\u{1B}[2J", "\u{FFFD}[2J"), ("\u{9B}2J", "\u{FFFD}2J"), ("a\rb\r\n", "a\u{FFFD}b\u{FFFD}\n"),
    ("\u{202E}cba\u{2066}", "\u{FFFD}cba\u{FFFD}"),
    ("a\u{2028}b\u{7F}\0", "a\u{FFFD}b\u{FFFD}\u{FFFD}"),
    ("a\u{301}\u{1B}", "a\u{301}\u{FFFD}"),
  ])
  func whatSteersATerminalBecomesVisible(text: String, shown: String) {
    for keepsStyles in [false, true] {
      #expect(text.cleanedForTerminal(keepsStyles: keepsStyles) == shown)
    }
  }

  @Test func stylesStayWhereTheyAreWanted() {
    let text = "a " + TerminalStyle.boldRed.applied(to: "b\u{1B}[31m") + "\n"
    #expect(text.cleanedForTerminal(keepsStyles: true) == "a \u{1B}[1;31mb\u{FFFD}[31m\u{1B}[0m\n")
    #expect(
      text.cleanedForTerminal(keepsStyles: false)
        == "a \u{FFFD}[1;31mb\u{FFFD}[31m\u{FFFD}[0m\n")
  }
}
