import CPNG
import Datasets
import Tensors
import Testing

@Suite struct PictureTests {
  @Test(arguments: [1, 3])
  func aFileHoldsThePixels(channels: Int) throws {
    let shape = ImageShape(height: 2, width: 3, channels: channels)
    var image = Picture(shape, filledWith: 7)
    let square: [Float] = channels == 1 ? [0.2] : [0.2, 1, 2]
    image.draw(
      square, of: ImageShape(height: 1, width: 1, channels: channels), row: 0, column: 1, scale: 2)
    let colour: [UInt8] = channels == 1 ? [51] : [51, 255, 255]
    let grey = [UInt8](repeating: 7, count: channels)
    #expect(image.pixels == grey + colour + colour + grey + colour + colour)

    // libpng reads it back.
    let file = try image.encodedPNG()
    var header = png_image()
    header.version = png_uint_32(PNG_IMAGE_VERSION)
    var pixels = [UInt8](repeating: 0, count: shape.elementCount)
    // It goes on reading where the bytes were at first.
    try file.withUnsafeBytes { bytes in
      try #require(
        png_image_begin_read_from_memory(&header, bytes.baseAddress, bytes.count) != 0)
      #expect(header.width == 3 && header.height == 2)
      #expect(header.format == (channels == 1 ? 0 : UInt32(PNG_FORMAT_FLAG_COLOR)))
      #expect(png_image_finish_read(&header, nil, &pixels, 0, nil) != 0)
    }
    #expect(pixels == image.pixels)
  }
}
