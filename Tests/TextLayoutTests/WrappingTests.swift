import Testing
import TextLayout

@Suite struct WrappingTests {
  @Test func linesBreakAtSpaces() {
    #expect("one two three four".wrapped(to: 9) == "one two\n  three\n  four")
  }

  @Test func longWordsStayWhole() {
    #expect("see runs/mnist-baseline now".wrapped(to: 8) == "see\n  runs/mnist-baseline\n  now")
  }

  @Test func proseIsBrokenAndTablesAreNot() {
    let text = "error: one two three\n  5 | - {type: dense}\na  b  c  d\n"
    #expect(
      text.brokenAtWords(width: 10)
        == "error: one\n  two\n  three\n  5 | - {type: dense}\na  b  c  d\n")
  }

  @Test func coloursTakeNoRoom() {
    let red = TerminalStyle.boldRed.applied(to: "error:")
    #expect("\(red) one two".brokenAtWords(width: 14) == "\(red) one two")
    #expect("\(red) one two".brokenAtWords(width: 13) == "\(red) one\n  two")
  }

  @Test func wideCharactersCountTwice() {
    #expect("猫猫 猫猫".wrapped(to: 8, indent: "") == "猫猫\n猫猫")
    #expect("猫猫 猫猫".wrapped(to: 9) == "猫猫 猫猫")
  }
}
