import Specs
import Testing

struct OneOfTests {
  @Test func isToldByItsTypeOrItsNameAlone() throws {
    let layers = try #require(
      try decoded("[flatten, {rate: 0.5, type: dropout}]", as: [OneOf<Layers>].self))
    #expect(layers[0].value is Flatten)
    #expect((layers[1].value as? Dropout)?.rate == 0.5)
    #expect(layers[1].location?.column == 11)
  }

  @Test func isWrittenWithItsTypeFirst() {
    var dropout = Dropout()
    dropout.rate = 0.25
    #expect(
      OneOf<Layers>(dropout).tree
        == .map([("type", .string("dropout")), ("rate", .number(0.25))]))
  }

  @Test func withoutFieldsItsNameIsAllThatIsWritten() {
    #expect(OneOf<Layers>(Flatten()).tree == .string("flatten"))
  }

  @Test(arguments: [
    (
      "{rate: 0.5}",
      """
      a.yaml:1:1: error: this layer has no 'type'
          1 | {rate: 0.5}
            | ^
      hint: there are conv2d, flatten, dropout
      """
    ),
    (
      "dropout: {rate: 0.5}",
      """
      a.yaml:1:1: error: this layer has no 'type'
          1 | dropout: {rate: 0.5}
            | ^
      hint: write '{type: dropout, …}'
      """
    ),
    (
      "{type: Drop_Out, rate: 0.5}",
      """
      a.yaml:1:8: error: there is no layer 'Drop_Out'
          1 | {type: Drop_Out, rate: 0.5}
            |        ^
      hint: did you mean 'dropout'? there are conv2d, flatten, dropout
      """
    ),
    (
      // Mending the type must not bring new mistakes to light.
      "{type: Dropout, p: 0.5}",
      """
      a.yaml:1:8: error: there is no layer 'Dropout'
          1 | {type: Dropout, p: 0.5}
            |        ^
      hint: did you mean 'dropout'? there are conv2d, flatten, dropout
      a.yaml:1:17: error: 'dropout' has no 'p'
          1 | {type: Dropout, p: 0.5}
            |                 ^
      hint: did you mean 'rate'? 'dropout' has rate
      """
    ),
    (
      "lstm",
      """
      a.yaml:1:1: error: there is no layer 'lstm'
          1 | lstm
            | ^
      hint: there are conv2d, flatten, dropout
      """
    ),
    (
      "[flatten]",
      """
      a.yaml:1:1: error: needs a layer, got a list
          1 | [flatten]
            | ^
      hint: there are conv2d, flatten, dropout
      """
    ),
    (
      "{type: [flatten]}",
      """
      a.yaml:1:8: error: needs text, got a list
          1 | {type: [flatten]}
            |        ^
      """
    ),
    (
      "dropout",
      """
      a.yaml:1:1: error: 'dropout' needs 'rate': part to drop
          1 | dropout
            | ^
      """
    ),
  ])
  func mistakesAreReported(_ text: String, _ expected: String) {
    #expect(findings(text, as: OneOf<Layers>.self) == expected)
  }
}
