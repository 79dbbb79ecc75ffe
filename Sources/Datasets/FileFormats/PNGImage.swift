internal import CPNG
import Tensors

/// An 8-bit image, grey or in colours, that can become a PNG file.
package struct PNGImage: Sendable {
  /// The image's size; it has 1 channel or 3, red, green and blue.
  package let shape: ImageShape
  /// Its numbers in the order height, width, channels.
  package private(set) var pixels: [UInt8]

  /// An image of `shape` with every number at `value`.
  package init(_ shape: ImageShape, filledWith value: UInt8) {
    precondition([1, 3].contains(shape.channels))
    self.shape = shape
    pixels = [UInt8](repeating: value, count: shape.elementCount)
  }

  /// The image of `shape` with `pixels` in the order height, width, channels.
  ///
  /// Of an image with 2 channels, or more than 3, the first is taken: PNG has no form for the others.
  package init(_ shape: ImageShape, pixels: some Collection<UInt8>) {
    precondition(pixels.count == shape.elementCount, "a number for each pixel and channel")
    let channels = shape.channels == 3 ? 3 : 1
    self.shape = ImageShape(height: shape.height, width: shape.width, channels: channels)
    self.pixels =
      channels == shape.channels
      ? Array(pixels)
      : pixels.enumerated().filter { $0.offset % shape.channels == 0 }.map(\.element)
  }

  /// Draws `image`, whose numbers are from 0 to 1, with its first pixel at `row` and `column`, each pixel as a
  /// square of `scale` pixels.
  package mutating func draw(
    _ image: [Float], of size: ImageShape, row: Int, column: Int, scale: Int
  ) {
    for y in 0..<size.height * scale {
      for x in 0..<size.width * scale {
        let source = (y / scale * size.width + x / scale) * size.channels
        let target = ((row + y) * shape.width + column + x) * shape.channels
        for channel in 0..<shape.channels {
          pixels[target + channel] = UInt8(min(max(image[source + channel], 0), 1) * 255 + 0.5)
        }
      }
    }
  }

  /// The bytes of the file. Throws if there is no memory for them.
  package func encoded() throws(PNGError) -> [UInt8] {
    var header = png_image()
    header.version = png_uint_32(PNG_IMAGE_VERSION)
    (header.width, header.height) = (UInt32(shape.width), UInt32(shape.height))
    header.format =
      shape.channels == 1 ? png_uint_32(PNG_FORMAT_GRAY) : png_uint_32(PNG_FORMAT_FLAG_COLOR)
    var bytes: [UInt8] = []
    var count = 0
    // First to learn the size, then to write.
    for _ in 0..<2 {
      bytes = [UInt8](repeating: 0, count: count)
      let isWritten = bytes.withUnsafeMutableBytes {
        png_image_write_to_memory(
          &header, count == 0 ? nil : $0.baseAddress, &count, 0, pixels, 0, nil)
      }
      guard isWritten != 0 else {
        throw PNGError(
          reason: withUnsafeBytes(of: header.message) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
          })
      }
    }
    return Array(bytes.prefix(count))
  }
}

/// An image that cannot become a PNG file.
package struct PNGError: Error, CustomStringConvertible {
  let reason: String

  /// `cannot write PNG: Out of memory`
  package var description: String { "cannot write PNG: \(reason)" }
}
