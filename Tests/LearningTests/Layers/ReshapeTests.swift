import Learning
import Specs
import Tensors
import Testing

@Suite struct ReshapeTests {
  private let image = ImageShape(height: 4, width: 3, channels: 2)

  @Test(arguments: [
    "[2, 6, 2]": "2×6×2", "[-1]": "24", "[24]": "24", "[2, -1, 3]": "2×4×3", "[1, 1, -1]": "1×1×24",
  ])
  func `one length follows from the rest`(target: String, shape: String) throws {
    let yaml = "{type: reshape, target_shape: \(target)}"
    #expect(try summary(yaml, after: image) == shape)
    #expect(try summary(yaml, after: ImageShape(flat: 24)) == shape)
  }

  @Test(arguments: ["[5, 5, 1]": "5×5×1", "[7, -1, 1]": "7×?×1", "[23]": "23"])
  func `another number of values is refused`(target: String, wanted: String) throws {
    #expect(
      try refusal("{type: reshape, target_shape: \(target)}", after: image) == [
        "4×3×2 has 24 values, which do not make \(wanted)",
        "the product of 'target_shape' must be 24",
      ])
  }

  @Test(arguments: ["[-1, -1, 2]", "[2, 12]", "[0, 2, 12]", "[]", "[2, 2, 2, 3]"])
  func `what is no shape is refused`(target: String) {
    let found = findings("{type: reshape, target_shape: \(target)}", as: OneOf<LayerCatalog>.self)
    #expect(
      found.contains("error: must be 1 or 3 numbers from 1 to 1000000, one of them -1 at most"))
  }
}
