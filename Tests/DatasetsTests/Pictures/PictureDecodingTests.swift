import CPNG
import Datasets
import Foundation
import Testing

@Suite struct PictureDecodingTests {
  @Test(arguments: try PillowFixtures.read().decoding)
  func `a picture is decoded as Pillow decodes it`(_ wanted: PillowFixtures.Decoding) throws {
    let picture = try Picture(
      decoding: PillowFixtures.bytes(of: wanted.file), on: wanted.background)
    #expect(picture.shape.lengths == wanted.shape)
    #expect(picture.pixels == [UInt8](wanted.pixels))
    #expect(
      picture.isTransparent
        == (wanted.file.contains("alpha") || wanted.file.contains("transparent")))
  }

  private func refusal(
    of bytes: [UInt8], largest: Int = Picture.largestPixelCount
  ) throws -> String {
    try #require(throws: PictureError.self) {
      _ = try Picture(decoding: bytes, largest: largest)
    }.description
  }

  @Test(arguments: try PillowFixtures.read().decoding.map(\.file))
  func `a file that is cut short anywhere is refused`(_ file: String) throws {
    let bytes = try PillowFixtures.bytes(of: file)
    for count in stride(from: 0, to: bytes.count - 1, by: max(1, bytes.count / 100)) {
      #expect(throws: PictureError.self, "\(count) of \(bytes.count) bytes") {
        _ = try Picture(decoding: Array(bytes.prefix(count)))
      }
    }
    #expect(try refusal(of: Array(bytes.prefix(bytes.count / 2))) == "damaged: it is cut short")
  }

  @Test func `a pixel that was changed in a PNG is noticed`() throws {
    var bytes = try PillowFixtures.bytes(of: "rgb8.png")
    bytes[bytes.count - 20] ^= 1
    #expect(try refusal(of: bytes).hasPrefix("damaged: "))
  }

  @Test func `a CMYK JPEG is refused by name`() throws {
    #expect(
      try refusal(of: PillowFixtures.bytes(of: "cmyk.jpg")) == "a CMYK JPEG; convert it to RGB")
  }

  @Test(arguments: [
    ("", "an empty file"),
    ("\n<!DOCTYPE html><html>", "not a PNG or JPEG: it begins like an HTML page"),
    ("<HTML>", "not a PNG or JPEG: it begins like an HTML page"),
    ("GIF89a", "a GIF file, which is not read; convert it to PNG or JPEG"),
    (
      "RIFF\u{1}\u{2}\u{3}\u{4}WEBPVP8 ",
      "a WebP file, which is not read; convert it to PNG or JPEG"
    ),
    ("BM12", "a BMP file, which is not read; convert it to PNG or JPEG"),
    ("II*\0", "a TIFF file, which is not read; convert it to PNG or JPEG"),
    ("\0\0\0\u{18}ftypheic", "a HEIC file, which is not read; convert it to PNG or JPEG"),
    ("%PDF-1.7", "a PDF file, which is not read; convert it to PNG or JPEG"),
    (
      "version https://git-lfs.github.com/spec/v1",
      "not a picture, but a pointer to one; 'git lfs pull' fetches it"
    ),
    ("\u{1}\u{2}ab", "not a PNG or JPEG: it begins with the bytes 01 02 61 62"),
  ])
  func `what is no PNG or JPEG is named`(_ text: String, _ reason: String) throws {
    #expect(try refusal(of: Array(text.utf8)) == reason)
  }

  /// The start of a PNG that announces `width` × `height` pixels, with its checksum.
  private static func png(width: [UInt8], height: [UInt8], checksum: [UInt8]) -> [UInt8] {
    [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + [0, 0, 0, 13] + Array("IHDR".utf8) + width + height
      + [8, 2, 0, 0, 0] + checksum + [0, 0, 0, 0] + Array("IDAT".utf8)
  }

  @Test func `a decompression bomb is refused by its header`() throws {
    // 50,000 × 50,000 pixels would be 7.5 GB.
    let bomb = Self.png(
      width: [0, 0, 0xC3, 0x50], height: [0, 0, 0xC3, 0x50], checksum: [0xC4, 0xCD, 0xAA, 0x9D])
    #expect(
      try refusal(of: bomb) == "50000×50000 pixels: no side may have more than 20000")
    #expect(
      try refusal(of: PillowFixtures.bytes(of: "scene-rgb.png"), largest: 3499)
        == "50×70 pixels: there may be at most 3499 in all")
    #expect(throws: Never.self) {
      _ = try Picture(decoding: PillowFixtures.bytes(of: "scene-rgb.png"), largest: 3500)
    }
  }

  @Test func `the libraries that decode are told by their versions`() {
    #expect(
      Picture.decoders.hasPrefix("libpng \(String(cString: png_get_libpng_ver(nil))), libjpeg "))
    #expect(Picture.decoders.contains(/libjpeg [1-9][0-9]+$/))
  }

  @Test func `want of memory is no defect of the file`() async {
    await #expect(processExitsWith: .success) {
      // 20,000 × 6,000 pixels in colour, which take more memory than is left.
      let start = Self.png(
        width: [0, 0, 0x4E, 0x20], height: [0, 0, 0x17, 0x70], checksum: [0xD6, 0xD1, 0x75, 0xFD])
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .prefix { $0 != " " }
      let room = try #require(UInt(pages)) * UInt(getpagesize()) + 1 << 27
      var limit = rlimit(rlim_cur: room, rlim_max: room)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
      let error = try #require(throws: PictureError.self) { _ = try Picture(decoding: start) }
      try #require(!error.isDefect)
    }
  }

  /// A progressive grey JPEG of some scans, each of them the fewest bytes: every block is coded as zeros.
  private func jpeg(height: Int, width: Int, scans: Int) -> [UInt8] {
    func word(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
    let blocks = height / 8 * (width / 8)
    let zeros = [UInt8](repeating: 0, count: 15)
    var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
    bytes += [0xFF, 0xC2, 0, 11, 8] + word(height) + word(width) + [1, 1, 0x11, 0]
    // Each table has one code of one bit: no difference to the block before, and a run of 2^14 empty blocks.
    bytes += [0xFF, 0xC4, 0, 20, 0x00, 1] + zeros + [0]
    bytes += [0xFF, 0xC4, 0, 20, 0x10, 1] + zeros + [0xE0]
    for scan in 0..<scans {
      bytes += [0xFF, 0xDA, 0, 8, 1, 1, 0, UInt8(scan), UInt8(scan), 0]
      let bits = scan == 0 ? blocks : (blocks + 16_383) / 16_384 * 15
      bytes += [UInt8](repeating: 0, count: (bits + 7) / 8)
    }
    return bytes + [0xFF, 0xD9]
  }

  @Test func `the larger a JPEG is, the fewer scans it may have`() throws {
    #expect(throws: Never.self) {
      _ = try Picture(decoding: jpeg(height: 16, width: 16, scans: 17))
    }
    #expect(
      try refusal(of: jpeg(height: 8192, width: 16_384, scans: 17))
        == "damaged: it has more scans than any picture needs")
  }

  @Test func `damaged EXIF data are as none`() throws {
    let bytes = try PillowFixtures.bytes(of: "orientation6.jpg")
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: "Exif".utf8) })
    for place in start..<start + 44 {
      for value: UInt8 in [0, 1, 0x7F, 0xFF] {
        var changed = bytes
        changed[place] = value
        let shape = try Picture(decoding: changed).shape.lengths
        #expect(shape == [9, 14, 3] || shape == [14, 9, 3])
      }
    }
  }
}
