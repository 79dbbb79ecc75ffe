import Learning
import Tensors
import Testing

@Suite struct ConcatenateTests {
  private func image(_ height: Int, _ width: Int, _ channels: Int) -> ImageShape {
    ImageShape(height: height, width: width, channels: channels)
  }

  @Test func `channels add up`() throws {
    #expect(try summary("concatenate", after: image(4, 3, 2), image(4, 3, 5)) == "4×3×7")
    #expect(
      try nodes("concatenate", after: ImageShape(flat: 2), ImageShape(flat: 1))[0].shape.isFlat)
  }

  @Test func `images of different sizes are refused`() throws {
    #expect(
      try refusal("concatenate", after: image(4, 3, 2), image(2, 3, 2)) == [
        "'concatenate' needs images of one height and width, got 4×3×2 and 2×3×2",
        "use 'padding: same' and equal strides in all branches",
      ])
  }

  @Test func `an image and a vector are refused`() throws {
    #expect(
      try refusal("concatenate", after: image(1, 1, 2), ImageShape(flat: 2)) == [
        "'concatenate' joins images or vectors, not both, got 1×1×2 and 2",
        "insert '- {type: flatten}' after the images",
      ])
  }
}
