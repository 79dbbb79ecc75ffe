import Learning
import Tensors
import Testing

@Suite struct AddTests {
  private let image = ImageShape(height: 9, width: 7, channels: 6)

  @Test func `it is one operation on all its inputs`() throws {
    let found = try nodes("add", after: image, image, image)
    #expect(found.map(\.operation) == [.combination(.add)])
    #expect(found[0].inputs == [0, 1, 2])
  }

  @Test func `other shapes are refused`() throws {
    let other = ImageShape(height: 9, width: 7, channels: 1)
    #expect(
      try refusal("add", after: image, other) == [
        "'add' needs inputs of one shape, got 9×7×6 and 9×7×1",
        "nothing is repeated to fit; a 1×1 convolution changes the channels, strides or pooling "
          + "the size",
      ])
    #expect(try refusal("add", after: ImageShape(flat: 3), ImageShape(flat: 4)) != nil)
  }
}
