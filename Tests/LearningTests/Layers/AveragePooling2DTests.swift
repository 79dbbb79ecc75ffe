import Learning
import Tensors
import Testing

@Suite struct AveragePooling2DTests {
  private let image = ImageShape(height: 9, width: 7, channels: 3)

  @Test func `it takes the mean of windows that don't overlap, unless told otherwise`() throws {
    let window = Window(size: [2, 2], strides: [2, 2], padding: .valid)
    #expect(
      try nodes("average_pooling2d", after: image).map(\.operation) == [
        .pooling2D(.average, window)
      ])
    #expect(
      try summary("{type: average_pooling2d, pool_size: 3, strides: 1}", after: image) == "7×5×3")
  }

  @Test func `a window larger than the image is refused`() throws {
    #expect(
      try refusal("{type: average_pooling2d, pool_size: 8}", after: image)?[0]
        == "the 8×8 window of 'average_pooling2d' is larger than its input, 9×7×3")
  }
}
