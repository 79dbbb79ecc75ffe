import Testing
import TextLayout

@Suite struct GroupingTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (225_034, "225,034"), (-1_234_567, "-1,234,567"),
  ])
  func thousandsAreSetOff(number: Int, text: String) {
    #expect(number.grouped == text)
  }

  @Test(arguments: [(22_817.0, "22,817"), (.infinity, "inf"), (.nan, "nan"), (1e300, "1e+300")])
  func wholeNumbersOfAnyKind(number: Double, text: String) {
    #expect(number.grouped == text)
  }
}
