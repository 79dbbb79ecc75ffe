import Learning
import Tensors
import Testing

@Suite struct GlobalAveragePooling2DTests {
  private let image = ImageShape(height: 9, width: 7, channels: 6)

  @Test func `it pools the whole image into a vector`() throws {
    let window = Window(size: [9, 7], strides: [9, 7], padding: .valid)
    let found = try nodes("global_average_pooling2d", after: image)
    #expect(found.map(\.operation) == [.pooling2D(.average, window), .flatten])
    #expect(found[1].shape == ImageShape(flat: 6))
  }

  @Test func `or into an image of one pixel`() throws {
    let found = try nodes("{type: global_average_pooling2d, keepdims: true}", after: image)
    #expect(found.last?.shape == ImageShape(height: 1, width: 1, channels: 6))
  }

  @Test func `a vector is refused`() throws {
    #expect(
      try refusal("global_average_pooling2d", after: ImageShape(flat: 6))?[0]
        == "'global_average_pooling2d' needs an image (height×width×channels), got a vector of 6")
  }
}
