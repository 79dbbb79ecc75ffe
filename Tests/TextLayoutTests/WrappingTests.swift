import Testing
import TextLayout

@Suite struct WrappingTests {
  @Test func linesBreakAtSpaces() {
    #expect("one two three four".wrapped(to: 9) == "one two\n  three\n  four")
  }

  @Test func longWordsStayWhole() {
    #expect("see runs/mnist-baseline now".wrapped(to: 8) == "see\n  runs/mnist-baseline\n  now")
  }

  @Test func wideCharactersCountTwice() {
    #expect("猫猫 猫猫".wrapped(to: 8, indent: "") == "猫猫\n猫猫")
    #expect("猫猫 猫猫".wrapped(to: 9) == "猫猫 猫猫")
  }
}
