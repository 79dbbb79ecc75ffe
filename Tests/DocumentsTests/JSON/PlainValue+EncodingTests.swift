import Documents
import Foundation
import Testing

@Suite struct PlainValueEncodingTests {
  private struct Everything: Codable, Equatable {
    var zebra = "a \"quoted\"\\ line\n\u{1}é猫"
    var apple: [Int] = [1, -2, 3]
    var real = 0.1 + 0.2
    var small: Float = 1e-7
    var flag = true
    var absent: Int?
    var large = Int.max
    var rows: [[Int]] = [[1, 0], [0, 1]]
    var empty: [String] = []
    var choice = Choice.second
    enum Choice: String, Codable { case first, second }
  }

  @Test func keysKeepTheirOrder() throws {
    #expect(
      try PlainValue(encoding: Everything()).indentedJSON == #"""
        {
          "zebra": "a \"quoted\"\\ line\n\u0001é猫",
          "apple": [1, -2, 3],
          "real": 0.30000000000000004,
          "small": 1.0e-07,
          "flag": true,
          "large": 9223372036854775807,
          "rows": [[1, 0], [0, 1]],
          "empty": [],
          "choice": "second"
        }

        """#)
  }

  @Test func foundationReadsTheSameValues() throws {
    let text = try PlainValue(encoding: Everything()).indentedJSON
    #expect(try JSONDecoder().decode(Everything.self, from: Data(text.utf8)) == Everything())
  }

  @Test func longListsOfListsBreakByRow() {
    let row = PlainValue.list((10..<40).map { .integer($0) })
    let lines = PlainValue.list([row, row]).indentedJSON.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("  [10, 11, ") && lines[1].hasSuffix(", 39],"))
  }

  @Test func numbersThatJSONLacksAreStrings() throws {
    #expect(
      try PlainValue(encoding: [Double.nan, .infinity, -.infinity])
        .json == #"["nan","inf","-inf"]"#)
  }

  @Test func pathsLeadThroughObjectsAndLists() {
    let value = PlainValue.map([
      ("a", .list([.integer(7), .map([("b", .string("found"))])]))
    ])
    #expect(value[path: "a.1.b"] == .string("found"))
    #expect(value[path: "a.2"] == nil)
    #expect(value[path: "a.1.c"] == nil)
    #expect(value[path: ""] == nil)
  }
}
