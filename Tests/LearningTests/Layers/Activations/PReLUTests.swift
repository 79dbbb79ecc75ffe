import Learning
import Specs
import Tensors
import Testing

@Suite struct PReLUTests {
  private let image = ImageShape(height: 4, width: 3, channels: 2)

  @Test(arguments: [
    "prelu": "alpha [4, 3, 2]", "{type: prelu, shared_axes: [1]}": "alpha [1, 3, 2]",
    "{type: prelu, shared_axes: [2, 1]}": "alpha [1, 1, 2]",
  ])
  func `slopes may be shared`(layer: String, parameters: String) throws {
    #expect(try summary(layer, after: image) == "4×3×2, \(parameters)")
  }

  @Test func `a vector has nothing to share`() throws {
    #expect(
      try refusal("{type: prelu, shared_axes: [1]}", after: ImageShape(flat: 6)) == [
        "a vector has no rows or columns to share a slope, got 6", "leave 'shared_axes' out",
      ])
  }

  @Test(arguments: ["[3]", "[0]", "[1, 1]"])
  func `other axes are refused`(axes: String) {
    let found = findings("{type: prelu, shared_axes: \(axes)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: must name 1 or 2, each once, got"))
  }

  @Test func `as an activation it belongs to the layer`() throws {
    let yaml = "{type: dense, units: 4, activation: prelu}"
    #expect(
      try summary(yaml, after: ImageShape(flat: 3)) == "4, kernel [3, 4], bias [4], alpha [4]")
  }
}
