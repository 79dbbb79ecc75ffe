import Diagnostics
import Specs
import Testing

struct CheckTests {
  struct Bounds: Spec {
    static let type = "bounds", summary = "Every kind of check."
    @Field("", .atLeast(1)) var low: Int = 1
    @Field("", .atMost(0.5)) var high: Double = 0
    @Field("", .greaterThan(0)) var positive: Double = 0.5
    @Field("", .range(0...1)) var closed: Double = 0
    @Field("", .range(0..<1)) var open: Double = 0
    @Field("", .atLeast(1)) var pair: Pair = 1
    @Field("", .nonEmpty, .atLeast(0)) var list: [Int] = [0]
    @Field("", .count(2...3)) var few: [String] = ["a", "b"]
    @Field("", .nonEmpty) var text: String = "a"
    @Field("", .atLeast(1)) var optional: Int?
    @Field("", Check("must be even") { $0 % 2 == 0 }) var even: Int = 0
  }

  @Test(arguments: [
    ("low: 0", "must be at least 1, got 0"),
    ("high: 0.75", "must be at most 0.5, got 0.75"),
    ("positive: 0.0", "must be greater than 0, got 0.0"),
    ("closed: -1", "must be between 0 and 1, got -1"),
    ("open: 1", "must be at least 0 and less than 1, got 1"),
    ("pair: [3, 0]", "must be at least 1, got [3,0]"),
    ("list: []", "must not be empty, got []"),
    ("list: [1, -2]", "must be at least 0, got [1,-2]"),
    ("few: [a]", "must have 2 to 3 items, got [\"a\"]"),
    ("text: ''", "must not be empty, got ''"),
    ("optional: 0", "must be at least 1, got 0"),
    ("even: 3", "must be even, got 3"),
  ])
  func aValueOutOfRangeIsReported(_ text: String, _ message: String) {
    let found = #expect(throws: Diagnostics.self) { try decoded(text, as: Bounds.self) }
    #expect(found?.all.map(\.identifier) == [.outOfRange])
    #expect(found?.all.map(\.message) == [message])
  }

  @Test func theBoundsThemselvesAreInRangeWhereTheyAreSaidToBe() throws {
    let text =
      "{low: 1, high: 0.5, closed: 1, open: 0, pair: 1, list: [0], few: [a, b, c], optional: null}"
    #expect(try decoded(text, as: Bounds.self) != nil)
  }
}
