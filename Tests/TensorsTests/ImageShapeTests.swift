import Tensors
import Testing

@Suite struct ImageShapeTests {
  @Test func `an image is shown with height, width and channels`() {
    let shape = ImageShape(height: 28, width: 30, channels: 3)
    #expect(shape.description == "28×30×3")
    #expect(shape.lengths == [28, 30, 3])
    #expect(shape.elementCount == 2520)
    #expect(!shape.isFlat)
  }

  @Test func `a vector is shown with its length alone`() {
    let shape = ImageShape(flat: 12)
    #expect(shape.description == "12")
    #expect(shape.lengths == [12])
    #expect(shape.elementCount == 12)
  }

  @Test func `an image of one pixel is no vector`() {
    let pixel = ImageShape(height: 1, width: 1, channels: 12)
    #expect(pixel != ImageShape(flat: 12))
    #expect(pixel.flattened == ImageShape(flat: 12))
    #expect(pixel.flattened.flattened == pixel.flattened)
  }
}
