import Tensors

/// How the rows and columns of a picture are stored, by EXIF's numbers: 1 is as they are to be seen.
struct Orientation: Equatable {
  let number: Int

  /// True if the picture's rows are stored as columns.
  var isTransposed: Bool { number >= 5 }
  /// True if the stored rows, or what rows become, begin at the right.
  var isMirrored: Bool { [2, 3, 6, 7].contains(number) }
  /// True if the stored columns, or what columns become, begin at the bottom.
  var isFlipped: Bool { [3, 4, 7, 8].contains(number) }

  /// The orientation with this EXIF number; any but 1 to 8 is 1.
  init(_ number: Int) { self.number = (1...8).contains(number) ? number : 1 }

  /// The orientation that the JPEG file `bytes` announces in its EXIF data (CIPA DC-008, tag 274); 1 if it has none,
  /// or damaged ones.
  init(ofJPEG bytes: [UInt8]) { self.init(Self.exif(of: bytes).flatMap(Self.number) ?? 1) }

  /// The TIFF structure in the first EXIF segment before the pixels of a JPEG.
  private static func exif(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      // Fill bytes may stand before a marker.
      if marker == 0xFF {
        place += 1
        continue
      }
      let (startOfScan, endOfImage, application1): (UInt8, UInt8, UInt8) = (0xDA, 0xD9, 0xE1)
      if marker == startOfScan || marker == endOfImage { return nil }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = place + 2 + length
      guard length >= 2, end <= bytes.count else { return nil }
      let segment = bytes[place + 4..<end]
      let name = Array("Exif\0\0".utf8)
      if marker == application1, segment.starts(with: name) {
        return segment.dropFirst(name.count)
      }
      place = end
    }
    return nil
  }

  private static func number(in tiff: ArraySlice<UInt8>) -> Int? {
    let isLittle = tiff.starts(with: Array("II*\0".utf8))
    guard isLittle || tiff.starts(with: Array("MM\0*".utf8)) else { return nil }
    func number(at place: Int, bytes count: Int) -> Int? {
      guard place >= 0, place + count <= tiff.count else { return nil }
      let start = tiff.startIndex + place
      let bytes = tiff[start..<start + count]
      return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2)
    else { return nil }
    let (orientationTag, short) = (0x112, 3)
    for entry in 0..<count {
      let place = directory + 2 + 12 * entry
      guard let tag = number(at: place, bytes: 2) else { return nil }
      if tag == orientationTag, number(at: place + 2, bytes: 2) == short {
        return number(at: place + 8, bytes: 2)
      }
    }
    return nil
  }
}

extension Picture {
  /// The picture as it is to be seen, if it is stored in `orientation`.
  func turned(by orientation: Orientation) -> Picture {
    guard orientation != Orientation(1) else { return self }
    let (height, width, channels) = (shape.height, shape.width, shape.channels)
    let size = ImageShape(
      height: orientation.isTransposed ? width : height,
      width: orientation.isTransposed ? height : width, channels: channels)
    // How far the stored pixels of neighbours are apart.
    let (alongRow, alongColumn) = orientation.isTransposed ? (width, 1) : (1, width)
    let rightward = (orientation.isMirrored ? -alongRow : alongRow) * channels
    let downward = (orientation.isFlipped ? -alongColumn : alongColumn) * channels
    let first =
      (orientation.isMirrored ? (size.width - 1) * alongRow : 0)
      + (orientation.isFlipped ? (size.height - 1) * alongColumn : 0)
    let turned = [UInt8](unsafeUninitializedCapacity: size.elementCount) { result, written in
      pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<size.height {
          var source = first * channels + y * downward
          for _ in 0..<size.width {
            for channel in 0..<channels { result[written + channel] = pixels[source + channel] }
            written += channels
            source += rightward
          }
        }
      }
    }
    return Picture(size, decoded: turned, isTransparent: isTransparent)
  }
}
