import Learning
import Specs
import Tensors
import Testing

@Suite struct DenseTests {
  @Test(
    arguments: [
      ("units: 4", "4, kernel [12, 4], bias [4]"),
      ("units: 4, use_bias: false", "4, kernel [12, 4]"),
      ("units: 1, activation: tanh", "1, kernel [12, 1], bias [1]"),
    ])
  func `shapes and parameters are Keras's`(fields: String, expected: String) throws {
    #expect(try summary("{type: dense, \(fields)}", after: ImageShape(flat: 12)) == expected)
  }

  @Test func `of an image it takes the channels of each pixel`() throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(
      try summary("{type: dense, units: 4}", after: image) == "9×7×4, kernel [3, 4], bias [4]")
    let node = try nodes("{type: dense, units: 4}", after: image)[0]
    #expect(node.isDenseOfPixels)
    #expect(
      node.parameters
        == Operation.dense(units: 4, useBias: true).parameters(for: [ImageShape(flat: 3)]))
  }

  @Test(
    arguments: [
      "units: -1": "must be at least 1, got -1",
      "units: 9223372036854775807": "must be at most 1000000, got 9223372036854775807",
    ])
  func `a value out of range is refused`(fields: String, message: String) {
    let found = findings("{type: dense, \(fields)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
