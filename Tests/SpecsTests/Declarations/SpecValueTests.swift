import Diagnostics
import Specs
import Testing

struct SpecValueTests {
  @Test func enumsAreOneOfTheirNames() throws {
    #expect(try decoded("same", as: Padding.self) == .same)
    expectError(
      "Same", as: Padding.self, "needs one of valid, same, got 'Same'", "did you mean 'same'?")
    expectError("full", as: Padding.self, "needs one of valid, same, got 'full'", nil)
    expectError(
      "Relu", as: Activation?.self, "needs one of relu, softmax, got 'Relu'", "did you mean 'relu'?"
    )
  }

  @Test func everyItemOfAListIsChecked() throws {
    #expect(try decoded("[1, 2]", as: [Int].self) == [1, 2])
    let found = #expect(throws: Diagnostics.self) { try decoded("[1, x, 2, y]", as: [Int].self) }
    #expect(
      found?.all.map(\.message)
        == ["needs a whole number, got 'x'", "needs a whole number, got 'y'"])
    expectError("3", as: [Int].self, "needs a list, got '3'", "write '[…]' around it")
  }

  @Test func aMistakeBehindAnAliasIsReportedOnce() {
    let found = #expect(throws: Diagnostics.self) {
      try decoded("[&a x, *a, *a]", as: [Int].self)
    }
    #expect(found?.all.count == 1)
  }

  @Test func `a mistake that a list repeats is looked for once`() throws {
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: "[&a x, *a, 1, *a, y]"))
    var diagnostics = Diagnostics()
    #expect([Int].decode(node, &diagnostics) == nil)
    #expect(
      diagnostics.all.map(\.message)
        == ["needs a whole number, got 'x'", "needs a whole number, got 'y'"])
    #expect(diagnostics.reportCount == 2)
  }
}
