import Learning
import Specs
import Tensors
import Testing

@Suite struct GaussianNoiseTests {
  @Test func `it is of the standard deviation that is asked for`() throws {
    let found = try nodes("{type: gaussian_noise, stddev: 0.25}", after: ImageShape(flat: 6))
    #expect(found.map(\.operation) == [.gaussianNoise(deviation: 0.25)])
  }

  @Test func `a negative one is refused`() {
    let found = findings("{type: gaussian_noise, stddev: -1}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: must be at least 0, got -1\n"))
  }
}
