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

  @Test func `one number for each channel is repeated for all pixels`() throws {
    let repeated = Operation.upSampling2D(size: [9, 7])
    let pixel = ImageShape(height: 1, width: 1, channels: 6)
    let ofPixel = try nodes("add", after: image, pixel)
    #expect(ofPixel.map(\.operation) == [repeated, .combination(.add)])
    #expect(ofPixel[1].inputs == [0, 2] && ofPixel[1].shape == image)
    let ofVector = try nodes("add", after: ImageShape(flat: 6), image)
    #expect(ofVector.map(\.operation) == [.reshape(pixel), repeated, .combination(.add)])
    #expect(ofVector[2].inputs == [3, 1] && ofVector[2].shape == image)
    let ofBoth = try nodes("add", after: pixel, ImageShape(flat: 6))
    #expect(ofBoth.map(\.operation) == [.reshape(pixel), .combination(.add)])
  }

  @Test(arguments: [
    ImageShape(height: 9, width: 7, channels: 1), ImageShape(height: 1, width: 7, channels: 6),
    ImageShape(flat: 7),
  ])
  func `other shapes are refused`(other: ImageShape) throws {
    #expect(
      try refusal("add", after: image, other) == [
        "'add' needs inputs of one shape, got 9×7×6 and \(other)",
        "only one number for each channel is repeated, as a vector or a 1×1 image; a 1×1 convolution changes the channels, "
          + "strides or pooling the size",
      ])
  }

  @Test func `vectors have one length`() throws {
    #expect(try refusal("add", after: ImageShape(flat: 3), ImageShape(flat: 4)) != nil)
  }
}
