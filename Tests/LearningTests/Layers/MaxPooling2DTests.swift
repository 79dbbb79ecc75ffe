import Learning
import Specs
import Tensors
import Testing

@Suite struct MaxPooling2DTests {
  private let image = ImageShape(height: 9, width: 7, channels: 3)

  @Test(
    arguments: [
      ("pool_size: 2", "4×3×3"), ("padding: same", "5×4×3"), ("pool_size: 3", "3×2×3"),
      ("pool_size: [3, 2], strides: 1", "7×6×3"),
      ("pool_size: 3, strides: 2, padding: same", "5×4×3"),
    ])
  func `shapes are Keras's`(fields: String, expected: String) throws {
    #expect(try summary("{type: max_pooling2d, \(fields)}", after: image) == expected)
  }

  @Test func `halves the image by default`() throws {
    #expect(try summary("max_pooling2d", after: image) == "4×3×3")
  }

  @Test func `a window larger than the image is refused`() throws {
    #expect(
      try refusal("{type: max_pooling2d, pool_size: 8}", after: image) == [
        "the 8×8 window of 'max_pooling2d' is larger than its input, 9×7×3",
        "use a smaller window, 'padding: same', or fewer layers that shrink the image before it",
      ])
  }

  @Test func `a vector is refused`() throws {
    #expect(
      try refusal("max_pooling2d", after: ImageShape(flat: 12)) == [
        "'max_pooling2d' needs an image (height×width×channels), got a vector of 12",
        "put it before the layer that makes a vector",
      ])
  }

  @Test(
    arguments: [
      "pool_size: -2": "must be at least 1, got -2", "strides: 0": "must be at least 1, got 0",
      "pool_size: [2, 501]": "must be at most 500, got [2,501]",
    ])
  func `a value out of range is refused`(fields: String, message: String) {
    let found = findings("{type: max_pooling2d, \(fields)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
