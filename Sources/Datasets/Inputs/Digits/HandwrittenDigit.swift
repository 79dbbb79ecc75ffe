import Specs
import Tensors

/// A digit that was drawn or photographed, laid out as MNIST's are: white on black, its longer side 20 pixels, the
/// centre of its mass in the middle of 28×28.
///
/// Source: Y. LeCun, 'The MNIST database of handwritten digits'.
struct HandwrittenDigit {
  /// 28×28 pixels, grey.
  let picture: Picture

  private static let side = 28
  private static let longerSide = 20
  /// The longer side to which larger pictures are shrunk before a digit is looked for; strokes stay pixels wide.
  private static let largestSearched = 256

  /// True if a network that takes images of `shape` can read such a digit.
  static func fits(_ shape: ImageShape) -> Bool {
    shape.height == side && shape.width == side && [1, 3].contains(shape.channels)
  }

  /// The digit in `picture`; nil if nothing stands out from its background.
  init?(in picture: Picture) {
    guard let ink = Ink(in: Self.shrunk(picture.grayscale)) else { return nil }
    let cut = ink.cut
    let longest = Double(max(cut.shape.height, cut.shape.width))
    func length(_ side: Int) -> Int {
      max(Int((Double(side * Self.longerSide) / longest).rounded()), 1)
    }
    let size = Pair(height: length(cut.shape.height), width: length(cut.shape.width))
    let scaled = PictureResizing(to: size).resized(cut)
    var pixels = [UInt8](repeating: 0, count: Self.side * Self.side)
    let (top, left) = Self.place(of: scaled)
    for row in 0..<size.height {
      let (source, target) = (row * size.width, (top + row) * Self.side + left)
      pixels.replaceSubrange(
        target..<target + size.width, with: scaled.pixels[source..<source + size.width])
    }
    self.picture = Picture(
      ImageShape(height: Self.side, width: Self.side, channels: 1), pixels: pixels)
  }

  private static func shrunk(_ picture: Picture) -> Picture {
    let (height, width) = (picture.shape.height, picture.shape.width)
    let longest = max(height, width)
    guard longest > largestSearched else { return picture }
    func length(_ side: Int) -> Int { max(side * largestSearched / longest, 1) }
    return PictureResizing(
      to: Pair(height: length(height), width: length(width)), interpolation: .area
    ).resized(picture)
  }

  /// The row and the column of the first pixel of `digit`, such that its mass is centred as far as it fits.
  private static func place(of digit: Picture) -> (top: Int, left: Int) {
    let (height, width) = (digit.shape.height, digit.shape.width)
    var (mass, rows, columns) = (0.0, 0.0, 0.0)
    for (place, pixel) in digit.pixels.enumerated() {
      mass += Double(pixel)
      rows += Double(pixel) * (Double(place / width) + 0.5)
      columns += Double(pixel) * (Double(place % width) + 0.5)
    }
    func start(_ moment: Double, _ length: Int) -> Int {
      guard mass > 0 else { return (side - length) / 2 }
      return min(max(Int((Double(side) / 2 - moment / mass).rounded()), 0), side - length)
    }
    return (start(rows, height), start(columns, width))
  }
}
