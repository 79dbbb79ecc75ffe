import Diagnostics
import Specs
import Testing

struct SpecTreeTextTests {
  private let tree = SpecTree.map([
    ("type", .string("dense")), ("units", .integer(10)), ("rate", .number(0.5)),
    ("whole", .number(2)), ("odd", .string("a: b")), ("none", .null),
    ("list", .list([.bool(true), .string("x")])),
  ])

  @Test func flowIsYAMLOnOneLine() throws {
    let flow = tree.flow
    #expect(
      flow
        == "{type: dense, units: 10, rate: 0.5, whole: 2, odd: \"a: b\", none: null, list: [true, x]}"
    )
    #expect(try YAML.parse(SourceFile(path: "a", text: flow))["odd"]?.text == "a: b")
  }

  @Test func shortJSONStandsOnOneLine() {
    #expect(
      SpecTree.map([("a", .list([.integer(1), .number(2)]))]).indentedJSON == "{\"a\": [1, 2]}\n")
  }

  @Test func longJSONHasALineForEachMember() {
    let long = SpecTree.string(String(repeating: "x", count: 60))
    #expect(
      SpecTree.map([("a", long), ("b", .map([])), ("c", .list([long, .map([("d", .null)])]))])
        .indentedJSON == """
          {
            "a": \(long.json),
            "b": {},
            "c": [\(long.json), {"d": null}]
          }

          """)
  }
}
