import Specs
import Testing

struct SchemaTests {
  @Test(arguments: [
    (Int.schema, "a whole number", "whole number"),
    ([Int].schema, "a list", "list of whole numbers"),
    (Int?.schema, "a whole number", "whole number"),
    (Padding.schema, "one of valid, same", "one of valid, same"),
    ([Padding].schema, "a list", "list of valid, same"),
    (Pair.schema, "a whole number or [height, width]", "whole number or [height, width]"),
    ([Pair].schema, "a list", "list, each a whole number or [height, width]"),
    (OneOf<Layers>.schema, "a layer", "layer"),
    ([OneOf<Layers>].schema, "a list", "list of layers"),
    (Training.schema, "a map of keys and values", "map"),
    (
      Schema.alternatives([.number(), .list(.truth), .nothing]), "a number or a list",
      "number or list, each true or false"
    ),
    (Schema.map(others: .anything), "a map", "map"),
  ])
  func itHasWordsForMessagesAndForTables(schema: Schema, words: String, label: String) {
    #expect(schema.words == words)
    #expect(schema.label == label)
  }

  @Test func boundsHoldForTheNumbersInIt() {
    let bounded = Schema.alternatives([Pair.schema, .text()])
      .bounded(by: [("minimum", .integer(1)), ("minLength", .integer(2))])
    guard case .alternatives(let all) = bounded, case .described(_, let pair) = all[0],
      case .alternatives(let forms) = pair, case .wholeNumber(let side) = forms[0],
      case .list(.wholeNumber(let each), let counts) = forms[1], case .text(let text) = all[1]
    else {
      Issue.record("\(bounded)")
      return
    }
    #expect(side.map(\.keyword) == ["minimum"])
    #expect(each.map(\.keyword) == ["minimum"])
    #expect(counts.map(\.keyword) == ["minItems", "maxItems"])
    #expect(text.map(\.keyword) == ["minLength"])
  }
}
