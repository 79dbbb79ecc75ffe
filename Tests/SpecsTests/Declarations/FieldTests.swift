import Specs
import Testing

struct FieldTests {
  @Test func copiesOfASpecAreIndependent() {
    var one = Convolution()
    one.filters = 8
    var other = one
    other.filters = 16
    other.strides = 2
    #expect(one.filters == 8)
    #expect(one.strides == 1)
    #expect(other.filters == 16)
    #expect(other.strides == 2)
    #expect(Convolution().strides == 1)
  }

  @Test func specsInsideOfSpecsAreIndependentToo() {
    struct Inner: Spec {
      static let type = "inner", summary = ""
      @Field("") var size = 32
    }
    struct Outer: Spec {
      static let type = "outer", summary = ""
      @Field("") var inner = Inner()
    }
    var one = Outer()
    let before = one
    one.inner.size = 64
    #expect(one.inner.size == 64)
    #expect(before.inner.size == 32)
    #expect(Outer().inner.size == 32)
  }

  @Test func readingOneFileLeavesTheDefaultsAlone() throws {
    _ = try decoded("{epochs: 3, batch_size: 7}", as: Training.self)
    #expect(Training().batchSize == 32)
  }

  @Test func anAbsentOptionalIsLeftOutUnlessItHasADefault() throws {
    struct Limits: Spec {
      static let type = "limits", summary = ""
      @Field("") var none: Int?
      @Field("") var some: Int? = 5
    }
    #expect(Limits().tree == .map([("some", .integer(5))]))
    let cleared = try #require(try decoded("some: null", as: Limits.self))
    #expect(cleared.some == nil)
    #expect(cleared.tree == .map([("some", .null)]))
  }

  @Test func groupsOfFieldsBelongToTheirSpec() throws {
    let text = "{name: it, rate: 0.25, kind: 2}"
    let grouped = try #require(try decoded(text, as: Grouped.self))
    #expect(grouped.noise.rate == 0.25)
    #expect(grouped.tree.json == #"{"name":"it","rate":0.25,"kind":2}"#)
    var other = grouped
    other.noise.rate = 0.5
    #expect(grouped.noise.rate == 0.25)
    #expect(
      findings("{rate: 2}", as: Grouped.self) == """
        a.yaml:1:1: error: 'grouped' needs 'name': what it is called
            1 | {rate: 2}
              | ^
        a.yaml:1:8: error: must be at most 1, got 2
            1 | {rate: 2}
              |        ^
        """)
  }
}

private struct Noise: FieldGroup {
  @Field("How much.", .atMost(1)) var rate = 0.5
}

private struct Grouped: Spec {
  static let type = "grouped"
  static let summary = "Has fields of its own and of a group."
  @Field("What it is called.") var name: String
  var noise = Noise()
  @Field("Which one.") var kind = 1
}
