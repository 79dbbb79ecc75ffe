internal import CPictures
import Synchronization
import Tensors

extension Picture {
  /// The most pixels that a picture may have before it is resized: those of a camera with 134 megapixels.
  package static let largestPixelCount = 1 << 27
  private static let longestSide: Int64 = 20_000
  /// Bytes of memory from which on only one picture is decoded at a time: all cores together could take all memory.
  private static let largeDecoding = 1 << 26
  private static let turn = Mutex(())

  /// The libraries that decode, with their versions: `libpng 1.6.39, libjpeg 2001005`.
  package static var decoders: String {
    "libpng \(String(cString: exp_png_version())), libjpeg \(exp_jpeg_version())"
  }

  /// Decodes the PNG or JPEG file `bytes`: grey with 1 channel, all else with 3.
  ///
  /// Of 16 bits the upper 8 are taken. Transparent pixels are composed over the grey `background`. A JPEG is turned
  /// as its EXIF orientation says. Of an animated PNG this is the first picture. Throws if the file is another one,
  /// damaged or cut short, a CMYK JPEG, has sides of more than 20,000 pixels or more than `largest` pixels, or if there is
  /// no memory.
  package init(
    decoding bytes: [UInt8], on background: UInt8 = 0, largest: Int = largestPixelCount
  ) throws(PictureError) {
    let format = try PictureFormat(of: bytes)
    var header = exp_picture_header()
    try Self.call { reason in
      switch format {
      case .png: exp_png_header(bytes, bytes.count, &header, reason)
      case .jpeg: exp_jpeg_header(bytes, bytes.count, &header, reason)
      }
    }
    if header.is_cmyk {
      throw PictureError(
        "a CMYK JPEG; convert it to RGB",
        hint: "pictures are grey or RGB, with or without transparency")
    }
    let size = "\(header.height)×\(header.width) pixels"
    // Before any memory is taken: a file of a few kilobytes may announce gigabytes.
    guard max(header.height, header.width) <= Self.longestSide else {
      throw PictureError(
        "\(size): no side may have more than \(Self.longestSide)", hint: .shrink)
    }
    guard header.height * header.width <= largest else {
      throw PictureError("\(size): there may be at most \(largest) in all", hint: .shrink)
    }
    let shape = ImageShape(
      height: Int(header.height), width: Int(header.width), channels: Int(header.channels))
    // A progressive JPEG takes two bytes more for each.
    let byteCount = 3 * shape.elementCount
    func decoded() throws(PictureError) -> [UInt8] {
      guard FreeMemory.hasRoom(for: byteCount) else {
        throw PictureError("\(size): there is no memory for it", isDefect: false)
      }
      return try Self.pixels(count: shape.elementCount) { pixels, reason in
        switch format {
        case .png: exp_png_pixels(bytes, bytes.count, &header, background, pixels, reason)
        case .jpeg: exp_jpeg_pixels(bytes, bytes.count, &header, pixels, reason)
        }
      }
    }
    let pixels =
      byteCount < Self.largeDecoding
      ? try decoded() : try Self.turn.withLock { _ throws(PictureError) in try decoded() }
    self.init(shape, decoded: pixels, isTransparent: header.has_alpha)
    if format == .jpeg { self = turned(by: Orientation(ofJPEG: bytes)) }
  }

  private static func pixels(
    count: Int, _ decode: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CChar>?) -> Bool
  ) throws(PictureError) -> [UInt8] {
    var failure: PictureError?
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(PictureError) {
        try call { decode(buffer.baseAddress, $0) }
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return pixels
  }

  /// Calls a function of CPictures, and throws the reason of its failure.
  private static func call(_ function: (UnsafeMutablePointer<CChar>?) -> Bool) throws(PictureError)
  {
    var reason: String?
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(EXP_REASON_SIZE)) { text in
      guard let start = text.baseAddress, !function(start) else { return }
      reason = String(cString: start)
    }
    if let reason {
      throw reason.isEmpty ? .noMemory : PictureError("damaged: \(reason)", hint: .copyAnew)
    }
  }
}

extension String {
  fileprivate static let shrink = "shrink it"
}
