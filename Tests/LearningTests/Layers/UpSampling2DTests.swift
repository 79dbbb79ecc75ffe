import Learning
import Specs
import Tensors
import Testing

@Suite struct UpSampling2DTests {
  private let image = ImageShape(height: 4, width: 3, channels: 2)

  @Test(arguments: [
    "upsampling2d": "8×6×2", "{type: upsampling2d, size: 3}": "12×9×2",
    "{type: upsampling2d, size: [1, 2], interpolation: nearest}": "4×6×2",
  ])
  func `one number, or one for rows and one for columns`(layer: String, shape: String) throws {
    #expect(try summary(layer, after: image) == shape)
  }

  @Test func `a vector is refused`() throws {
    #expect(
      try refusal("upsampling2d", after: ImageShape(flat: 4)) == [
        "'upsampling2d' needs an image (height×width×channels), got a vector of 4",
        "put it before the layer that makes a vector",
      ])
  }

  @Test(arguments: ["bilinear", "bicubic"])
  func `Keras's other interpolations are refused by name`(interpolation: String) {
    let found = findings(
      "{type: upsampling2d, interpolation: \(interpolation)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("needs 'nearest', got '\(interpolation)'"), "\(found)")
  }
}
