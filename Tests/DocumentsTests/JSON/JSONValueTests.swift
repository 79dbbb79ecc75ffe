import Documents
import Foundation
import Testing

@Suite struct JSONValueTests {
  private struct Everything: Codable, Equatable {
    var zebra = "a \"quoted\"\\ line\n\u{1}é猫"
    var apple: [Int] = [1, -2, 3]
    var real = 0.1 + 0.2
    var small: Float = 1e-7
    var flag = true
    var absent: Int?
    var large = UInt64.max
    var rows: [[Int]] = [[1, 0], [0, 1]]
    var empty: [String] = []
    var choice = Choice.second
    enum Choice: String, Codable { case first, second }
  }

  @Test func keysKeepTheirOrder() throws {
    #expect(
      try JSONValue(encoding: Everything()).text == #"""
        {
          "zebra": "a \"quoted\"\\ line\n\u0001é猫",
          "apple": [1, -2, 3],
          "real": 0.30000000000000004,
          "small": 1e-07,
          "flag": true,
          "large": 18446744073709551615,
          "rows": [[1, 0], [0, 1]],
          "empty": [],
          "choice": "second"
        }

        """#)
  }

  @Test func foundationReadsTheSameValues() throws {
    let text = try JSONValue(encoding: Everything()).text
    #expect(try JSONDecoder().decode(Everything.self, from: Data(text.utf8)) == Everything())
  }

  @Test func longListsOfListsBreakByRow() {
    let row = JSONValue.array((10..<40).map { .integer($0) })
    let lines = JSONValue.array([row, row]).text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("  [10, 11, ") && lines[1].hasSuffix(", 39],"))
  }

  @Test func numbersThatJSONLacksAreStrings() throws {
    #expect(
      try JSONValue(encoding: [Double.nan, .infinity, -.infinity])
        == .array([.string("nan"), .string("inf"), .string("-inf")]))
  }

  @Test func pathsLeadThroughObjectsAndLists() {
    let value = JSONValue.object([
      .init("a", .array([.integer(7), .object([.init("b", .string("found"))])]))
    ])
    #expect(value[path: "a.1.b"] == .string("found"))
    #expect(value[path: "a.2"] == nil)
    #expect(value[path: "a.1.c"] == nil)
    #expect(value[path: ""] == nil)
  }
}
