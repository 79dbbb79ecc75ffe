import Diagnostics
import Specs
import Testing

struct ScalarsTests {
  @Test func textIsTextWhateverItLooksLike() throws {
    for text in ["on", "1e-3", "2026-11-22", "'null'", "true", "\"\""] {
      let value = try #require(try decoded(text, as: String.self))
      #expect(value == text.filter { $0 != "'" && $0 != "\"" })
    }
  }

  @Test func numbersAreReadInDecimalNotation() throws {
    #expect(try decoded("1e-3", as: Double.self) == 0.001)
    #expect(try decoded("-.5", as: Double.self) == -0.5)
    #expect(try decoded("1", as: Double.self) == 1)
    #expect(try decoded("+012", as: Int.self) == 12)
    #expect(try decoded("True", as: Bool.self) == true)
    #expect(try decoded("~", as: Int?.self) == .some(nil))
  }

  @Test(arguments: [
    ("x", "needs a whole number, got 'x'", nil),
    ("'10'", "needs a whole number, got the text '10'", "remove the quotes"),
    ("1e3", "needs a whole number, got '1e3'", "write 1000"),
    ("1.5", "needs a whole number, got '1.5'", nil),
    ("99999999999999999999", "needs a whole number, got '99999999999999999999'", nil),
    ("[1]", "needs a whole number, got a list", nil),
    ("{a: 1}", "needs a whole number, got a map", nil),
    ("~", "needs a whole number, got nothing", nil),
  ])
  func wholeNumbers(_ text: String, _ message: String, _ hint: String?) {
    expectError(text, as: Int.self, message, hint)
  }

  @Test(arguments: [
    ("nan", "needs a number, got 'nan'", nil), (".inf", "needs a number, got '.inf'", nil),
    ("1e999", "needs a number, got '1e999'", nil), ("0x10", "needs a number, got '0x10'", nil),
    ("'0.1'", "needs a number, got the text '0.1'", "remove the quotes"),
  ])
  func numbers(_ text: String, _ message: String, _ hint: String?) {
    expectError(text, as: Double.self, message, hint)
  }

  @Test(arguments: [
    ("yes", "needs true or false, got 'yes'", "write true"),
    ("off", "needs true or false, got 'off'", "write false"),
    ("'true'", "needs true or false, got the text 'true'", "remove the quotes"),
    ("maybe", "needs true or false, got 'maybe'", nil),
  ])
  func bools(_ text: String, _ message: String, _ hint: String?) {
    expectError(text, as: Bool.self, message, hint)
  }

  @Test(arguments: [("[a]", "a list"), ("{a: 1}", "a map"), ("null", "nothing")])
  func texts(_ text: String, _ got: String) {
    expectError(text, as: String.self, "needs text, got \(got)", nil)
  }
}

/// Expects that a text, read as a type, gives exactly this one mistake of type.
func expectError<Value: SpecValue>(
  _ text: String, as type: Value.Type, _ message: String, _ hint: String?,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let found = #expect(throws: Diagnostics.self, sourceLocation: sourceLocation) {
    try decoded(text, as: type)
  }
  #expect(found?.all.map(\.identifier) == [.wrongType], sourceLocation: sourceLocation)
  #expect(found?.all.map(\.message) == [message], sourceLocation: sourceLocation)
  #expect(found?.all.map(\.hint) == [hint], sourceLocation: sourceLocation)
}
