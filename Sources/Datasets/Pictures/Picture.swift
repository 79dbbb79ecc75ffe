import Tensors

/// An 8-bit picture, grey or in colours.
package struct Picture: Sendable, Equatable {
  /// The image's size; it has 1 channel or 3, red, green and blue.
  package let shape: ImageShape
  /// Its numbers in the order height, width, channels.
  package private(set) var pixels: [UInt8]
  /// True if its file had transparent pixels, behind which a background was put.
  package private(set) var isTransparent = false

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

  /// The picture that was decoded from a file.
  init(_ shape: ImageShape, decoded pixels: [UInt8], isTransparent: Bool = false) {
    precondition(pixels.count == shape.elementCount, "a number for each pixel and channel")
    self.shape = shape
    self.pixels = pixels
    self.isTransparent = isTransparent
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
}
