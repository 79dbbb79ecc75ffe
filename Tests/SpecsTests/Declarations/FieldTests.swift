import Specs
import Testing

struct FieldTests {
  @Test func copiesOfASpecAreIndependent() {
    var one = Convolution()
    one.filters = 8
    var other = one
    other.filters = 16
    other.strides = 2
    #expect((one.filters, one.strides) == (8, 1))
    #expect((other.filters, other.strides) == (16, 2))
    #expect(Convolution().strides == 1)
  }
}
