import Documents
import Foundation
import Testing

struct PlainValueJSONTests {
  private let tree = PlainValue.map([
    ("b", .list([.integer(1), .number(1), .bool(true), .null])),
    ("a", .string("\"\\\n\t\u{1} ü😀")),
  ])

  @Test func jsonKeepsTheOrder() {
    #expect(tree.json == #"{"b":[1,1.0,true,null],"a":"\"\\\n\t\u0001 ü😀"}"#)
  }

  @Test func charactersThatSteerATerminalAreEscaped() throws {
    let text = "\u{1B}\u{7F}\u{9B}\u{202E}\u{2066}\u{2028}\u{A0}\u{200D}"
    let json = PlainValue.string(text).json
    #expect(json == "\"\\u001b\\u007f\\u009b\\u202e\\u2066\\u2028\u{A0}\u{200D}\"")
    #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
  }

  @Test func canonicalJSONDoesNotDependOnIt() {
    let other = PlainValue.map([("a", .map([("y", .null), ("x", .null)])), ("b", .null)])
    let same = PlainValue.map([("b", .null), ("a", .map([("x", .null), ("y", .null)]))])
    #expect(other.canonicalJSON == #"{"a":{"x":null,"y":null},"b":null}"#)
    #expect(other.canonicalJSON == same.canonicalJSON)
    #expect(other != same)
  }

  @Test(arguments: [
    0.1, 1e-7, 1e-3, 1e16, 1.5e300, .leastNonzeroMagnitude, 0, -0.0, 123456789.123, 0.333333333333,
  ])
  func numbersAreShortAndReadBackTheSame(_ number: Double) {
    let text = PlainValue.number(number).json
    #expect(Double(text) == number)
    #expect(text.contains("."))
    #expect(text.count <= number.description.count + 2)
  }

  @Test func theDocumentHasALineForEachKeyAndOtherShortValuesOne() {
    #expect(
      PlainValue.map([("a", .list([.integer(1), .number(2)]))]).indentedJSON
        == "{\n  \"a\": [1, 2.0]\n}\n")
  }

  @Test func longJSONHasALineForEachMember() {
    let long = PlainValue.string(String(repeating: "x", count: 60))
    #expect(
      PlainValue.map([("a", long), ("b", .map([])), ("c", .list([long, .map([("d", .null)])]))])
        .indentedJSON == """
          {
            "a": \(long.json),
            "b": {},
            "c": [\(long.json), {"d": null}]
          }

          """)
  }
}
