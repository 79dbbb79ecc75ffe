import Diagnostics
import Documents
import Specs
import Testing

struct PlainValueFlowTests {
  private let tree = PlainValue.map([
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
}
