import Specs
import Testing

struct PairTests {
  @Test func isOneNumberOrTwo() throws {
    #expect(try decoded("3", as: Pair.self) == 3)
    #expect(try decoded("[3, 5]", as: Pair.self) == Pair(height: 3, width: 5))
    #expect(Pair(height: 3, width: 3).tree == .integer(3))
    #expect(Pair(height: 3, width: 5).tree == .list([.integer(3), .integer(5)]))
  }

  @Test(arguments: [
    ("[3]", "a list"), ("[1, 2, 3]", "a list"), ("x", "'x'"), ("'3'", "the text '3'"),
  ])
  func isNothingElse(_ text: String, _ got: String) {
    expectError(
      text, as: Pair.self, "needs a whole number or [height, width], got \(got)",
      text == "'3'" ? "remove the quotes" : nil)
  }

  @Test func eachMemberIsChecked() {
    expectError("[3, x]", as: Pair.self, "needs a whole number, got 'x'", nil)
  }
}
