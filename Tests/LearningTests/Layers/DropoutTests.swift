import Learning
import Specs
import Tensors
import Testing

@Suite struct DropoutTests {
  @Test(arguments: ["0", "0.5", "0.999"])
  func `the shape stays`(rate: String) throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(try summary("{type: dropout, rate: \(rate)}", after: image) == "9×7×3")
  }

  @Test(arguments: ["1", "-0.1"])
  func `a rate that leaves nothing, or is none, is refused`(rate: String) {
    let found = findings("{type: dropout, rate: \(rate)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: must be at least 0 and less than 1, got \(rate)\n"))
  }
}
