import Learning
import Specs
import Tensors
import Testing

@Suite struct AlphaDropoutTests {
  @Test func `it is of the rate that is asked for`() throws {
    let found = try nodes("{type: alpha_dropout, rate: 0.25}", after: ImageShape(flat: 6))
    #expect(found.map(\.operation) == [.alphaDropout(rate: 0.25)])
  }

  @Test func `a rate of 1 is refused`() {
    let found = findings("{type: alpha_dropout, rate: 1}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("got 1\n"))
  }
}
