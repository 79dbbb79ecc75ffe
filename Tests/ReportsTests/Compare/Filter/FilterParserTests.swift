import Diagnostics
import Reports
import Testing

@Suite("What is no filter expression, to the letter")
struct FilterParserTests {
  @Test(arguments: [
    ("optimizer", 10, "expected a comparison such as '==' after 'optimizer', got the end", nil),
    ("optimizer ==", 13, "expected a value, got the end", nil),
    ("== adam", 1, "expected the name of a value, got '=='", nil),
    ("optimizer = adam", 11, "there is no '='", "write '=='"),
    ("a == 1 && b == 2", 8, "there is no '&&'", "write 'and'"),
    ("a == 1 || b == 2", 8, "there is no '||'", "write 'or'"),
    ("!(a == 1)", 1, "there is no '!'", "write 'not'"),
    (
      "5 < epochs", 1, "a comparison begins with a name, not with the number 5",
      "for example 'training.epochs > 5'"
    ),
    ("'a' == b", 1, "expected the name of a value, got the text 'a'", nil),
    ("a == 1 b == 2", 8, "expected 'and', 'or' or the end, got 'b'", nil),
    (
      "1 < epochs < 5", 1, "a comparison begins with a name, not with the number 1",
      "for example 'training.epochs > 5'"
    ),
    ("epochs > 1 < 5", 12, "expected 'and', 'or' or the end, got '<'", nil),
    ("(a == 1", 1, "this '(' is never closed", nil),
    ("(a == 1 b", 9, "expected ')', got 'b'", nil),
    ("a == 1)", 7, "this ')' closes nothing", nil),
    ("a == 'b", 6, "this quote is never closed", nil),
    ("a in b", 6, "expected a list such as [a, b] after 'in', got 'b'", nil),
    ("a in [b, c", 6, "this '[' is never closed", nil),
    ("a in [b c]", 9, "expected ',' or ']', got 'c'", nil),
    ("a in []", 7, "expected a value, got ']'", nil),
    ("a not b", 3, "expected 'in' after 'not', got 'b'", nil),
    ("a == and", 6, "expected a value, got 'and'", nil),
    ("and == 1", 1, "expected the name of a value, got 'and'", nil),
    (
      "a == [3, 3]", 6, "expected a value, got a list",
      "a list as one value stands in quotes: \"[3, 3]\"; for one of several write 'in'"
    ),
    ("epochs > many", 10, "'>' compares numbers, and 'many' is none", nil),
  ])
  func mistakesArePointedAt(text: String, column: Int, message: String, hint: String?) throws {
    let error = try #require(throws: Diagnostics.self) { _ = try RunFilter(text) }
    let caret = String(repeating: " ", count: column - 1) + "^"
    #expect(
      error.rendered()
        == "--where:1:\(column): error: \(message)\n    1 | \(text)\n      | \(caret)"
        + (hint.map { "\nhint: " + $0 } ?? ""))
  }

  @Test(arguments: ["", "  "])
  func nothingIsNoExpression(text: String) throws {
    let error = try #require(throws: Diagnostics.self) { _ = try RunFilter(text) }
    #expect(
      error.rendered()
        == "error: '--where' needs an expression\n"
        + "hint: for example --where 'optimizer == adam and training.epochs > 5'")
  }

  @Test("the place is right in later lines and after wide characters")
  func placesAreRight() throws {
    let error = try #require(throws: Diagnostics.self) { _ = try RunFilter("name == 猫 and\n a =") }
    #expect(error.rendered().hasPrefix("--where:2:4: error: there is no '='\n    2 |  a =\n"))
  }

  @Test func nestingHasALimit() throws {
    let deep = String(repeating: "(", count: 200_000) + "a == 1"
    let error = try #require(throws: Diagnostics.self) { _ = try RunFilter(deep) }
    #expect(error.rendered().hasPrefix("--where:1:101: error: nested deeper than 100 levels\n"))
  }
}
