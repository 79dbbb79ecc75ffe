import Testing
import TextLayout

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("seven", 5), ("Größe", 5), ("e\u{301}", 1), ("猫", 2), ("🙂", 2), ("👩‍🔬", 2), ("❤️", 2), ("±", 1),
    ("7", 1), ("\u{1B}", 0),
  ])
  func columnsOnATerminal(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test func cuttingKeepsToTheWidth() {
    #expect("猫猫猫".truncated(to: 4) == "猫…")
    #expect("a猫猫".truncated(to: 4, keepsEnd: true) == "…猫")
    #expect("abc".truncated(to: 3) == "abc")
  }

  @Test func controlCharactersAreHarmless() {
    #expect("a\nb\tc\u{1B}[31m\r\nd".singleLine == "a b c[31m d")
  }
}
