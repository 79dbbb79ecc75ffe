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

  @Test func aRequiredFieldHasNoValueUntilItIsSet() async {
    await #expect(processExitsWith: .failure) { _ = Convolution().tree }
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
}
