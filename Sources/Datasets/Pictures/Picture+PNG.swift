internal import CPNG

extension Picture {
  /// The bytes of its PNG file. Throws if there is no memory for them.
  package func encodedPNG() throws(PNGError) -> [UInt8] {
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

/// A picture that cannot become a PNG file.
package struct PNGError: Error, CustomStringConvertible {
  let reason: String

  /// `cannot write PNG: Out of memory`
  package var description: String { "cannot write PNG: \(reason)" }
}
