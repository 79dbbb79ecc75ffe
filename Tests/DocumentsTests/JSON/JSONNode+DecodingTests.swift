import Documents
import Testing

@Suite struct JSONNodeDecodingTests {
  private struct Item: Codable, Equatable {
    var flag = true
    var count = -3
    var small: UInt8 = 255
    var single: Float = 0.1
    var real = 1.0 / 3
    var text = "two\nlines \"quoted\""
    var missing: Int?
    var there: Int? = 7
    var list = [[1, 2], []]
    var byNumber = [3: "c", 1: "a"]
    var byCase: [Kind: Double] = [.first: .infinity, .second: -.infinity]
    var choices: [Choice] = [.none, .number(2), .pair(left: 1e-300, right: -0.0)]
    var nothing: [String?] = ["a", nil]
  }

  private enum Kind: String, Codable { case first, second }

  private enum Choice: Codable, Equatable {
    case none
    case number(Int)
    case pair(left: Double, right: Double)
  }

  @Test func `values come back from JSON as they were encoded`() throws {
    let text = try PlainValue(encoding: Item()).json
    #expect(try Item(json: text) == Item())
  }

  @Test func `what is no number stays so`() throws {
    let text = try PlainValue(encoding: [Double.nan]).json
    #expect(try [Double](json: text)[0].isNaN)
  }

  @Test(arguments: [
    ("[]", "it has the wrong type"), ("{}", "'left' is missing"), ("1", "it has the wrong type"),
    ("null", "it is null"), ("{\"left\": 1}", "'right' is missing"),
    ("{\"left\": 1, \"right\": \"x\"}", "'right' has the wrong type"),
    ("{\"left\": 1, \"right\": null}", "'right' is null"),
    ("{\"left\": 1, \"right\": 2, \"kind\": \"third\"}", "'kind' cannot be 'third'"),
  ])
  func `another value is refused, with the place`(text: String, reason: String) throws {
    struct Pair: Decodable {
      let left, right: Int
      let kind: Kind?
    }
    let error = #expect(throws: JSONError.self) { try Pair(json: text) }
    #expect(error?.reason == reason)
  }

  @Test(arguments: ["256", "-1", "1.5", "\"1\"", "true", "1e2"])
  func `a number that does not fit is refused`(text: String) throws {
    #expect(throws: JSONError.self) { try UInt8(json: text) }
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "nul"])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try [Int](json: text) }
  }
}
