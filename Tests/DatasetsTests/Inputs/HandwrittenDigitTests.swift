import Datasets
import Foundation
import Specs
import Tensors
import Testing

/// Digits laid out as LeCun's description of MNIST has it.
@Suite struct HandwrittenDigitTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// A picture with `strokes` of grey `pen` (rows and columns) on paper of grey `paper`, by row and column.
  private func drawing(
    _ height: Int, _ width: Int, strokes: [(rows: Range<Int>, columns: Range<Int>)], pen: Int,
    paper: (_ row: Int, _ column: Int) -> Int
  ) -> Picture {
    let pixels = (0..<height).flatMap { row in
      (0..<width).map { column in
        let isStroke = strokes.contains { $0.rows ~= row && $0.columns ~= column }
        return UInt8(isStroke ? pen : paper(row, column))
      }
    }
    return Picture(ImageShape(height: height, width: width, channels: 1), pixels: pixels)
  }

  /// What a network for MNIST gets of the pictures.
  private func inputs(_ pictures: [Picture]) throws -> InputImages {
    let paths = try pictures.enumerated().map { number, picture in
      try folder.write(try picture.encodedPNG(), to: "\(number).png")
    }
    let preparation = try ImagePreparation(
      for: MNIST(), imageShape: ImageShape(height: 28, width: 28, channels: 1), findsDigits: true)
    return InputImages(paths, preparation)
  }

  private func digit(_ picture: Picture) throws -> [[UInt8]] {
    let images = try inputs([picture])
    try #require(images.problems.isEmpty, "\(images.problems)")
    let samples = images.samples(PixelScaling(shift: [0], divisor: [255]), classNames: ["0", "1"])
    let pixels = samples.picture(of: 0).pixels
    try #require(pixels.count == 784)
    return (0..<28).map { Array(pixels[$0 * 28..<($0 + 1) * 28]) }
  }

  private func box(_ digit: [[UInt8]], above least: UInt8) -> (rows: [Int], columns: [Int]) {
    let rows = (0..<28).filter { row in digit[row].contains { $0 > least } }
    let columns = (0..<28).filter { column in digit.contains { $0[column] > least } }
    return (rows, columns)
  }

  private let bar = [(rows: 30..<90, columns: 70..<85)]

  @Test(arguments: [(0, 255), (255, 0), (60, 200), (180, 40)])
  func `a stroke becomes white on black, 20 pixels long, whatever its polarity and place`(
    pen: Int, paper: Int
  ) throws {
    let digit = try digit(drawing(150, 120, strokes: bar, pen: pen) { _, _ in paper })
    let (rows, columns) = box(digit, above: 0)
    // 60×15 pixels become 20×5; the middle of 20 rows is the middle of the image.
    #expect(rows == Array(4..<24))
    #expect(columns.count == 5)
    let inside = rows.flatMap { row in columns.map { digit[row][$0] } }
    #expect(inside.allSatisfy { $0 == 255 })
    #expect(digit[0][0] == 0)
  }

  @Test func `a wide picture's longer side is its width`() throws {
    let strokes = [(rows: 40..<48, columns: 10..<90)]
    let digit = try digit(drawing(100, 100, strokes: strokes, pen: 20) { _, _ in 230 })
    let (rows, columns) = box(digit, above: 0)
    #expect(rows.count == 2)
    #expect(columns == Array(4..<24))
  }

  @Test func `the centre of mass is in the middle, not that of the box`() throws {
    // A heavy foot draws the whole up.
    let strokes = [
      (rows: 20..<80, columns: 48..<54), (rows: 70..<80, columns: 30..<72),
    ]
    let digit = try digit(drawing(100, 100, strokes: strokes, pen: 255) { _, _ in 0 })
    var (mass, sum) = (0.0, 0.0)
    for (row, pixels) in digit.enumerated() {
      for pixel in pixels {
        mass += Double(pixel)
        sum += Double(pixel) * (Double(row) + 0.5)
      }
    }
    #expect(abs(sum / mass - 14) <= 0.5)
    #expect(box(digit, above: 40).rows.last ?? 0 < 22)
  }

  @Test func `uneven light is no ink`() throws {
    let even = try digit(drawing(150, 120, strokes: bar, pen: 30) { _, _ in 200 })
    let uneven = try digit(
      drawing(150, 120, strokes: bar, pen: 30) { row, column in 230 - row / 4 - column / 4 })
    #expect(box(uneven, above: 128).rows == box(even, above: 128).rows)
    #expect(box(uneven, above: 0).columns == box(even, above: 0).columns)
  }

  @Test func `a speck beside the digit is left out`() throws {
    let strokes = bar + [(rows: 130..<132, columns: 20..<22)]
    let digit = try digit(drawing(150, 120, strokes: strokes, pen: 10) { _, _ in 240 })
    #expect(box(digit, above: 0).rows == Array(4..<24))
    #expect(box(digit, above: 0).columns.count == 5)
  }

  @Test func `a photograph of millions of pixels gives the same`() throws {
    let strokes = [(rows: 600..<1800, columns: 1400..<1700)]
    let digit = try digit(drawing(3000, 2400, strokes: strokes, pen: 30) { _, _ in 210 })
    #expect(box(digit, above: 128).rows == Array(4..<24))
    #expect(box(digit, above: 128).columns.count == 5)
  }

  @Test func `empty paper shows no digit`() throws {
    let pictures = [
      drawing(40, 40, strokes: [], pen: 0) { _, _ in 200 },
      drawing(40, 40, strokes: [], pen: 0) { row, column in 200 + (row * 7 + column * 13) % 5 },
      drawing(1, 1, strokes: [], pen: 0) { _, _ in 200 },
    ]
    let images = try inputs(pictures)
    #expect(images.count == 0)
    #expect(images.problems.map(\.message).allSatisfy { $0.hasPrefix("shows no digit") })
    #expect(images.problems.count == 3)
  }

  @Test func `strokes of any colour on nothing are found`() throws {
    // Made by Pillow: a palette of which some pixels are transparent, see make_pillow_fixtures.py.
    let path = try folder.write(
      PillowFixtures.bytes(of: "grey8-transparent.png"), to: "transparent.png")
    let preparation = try ImagePreparation(
      for: MNIST(), imageShape: ImageShape(height: 28, width: 28, channels: 1), findsDigits: true)
    #expect(InputImages([path], preparation).problems.isEmpty)
  }

  @Test func `a network for images of another size gets no digits`() {
    let error = #expect(throws: DatasetError.self) {
      try ImagePreparation(
        for: MNIST(), imageShape: ImageShape(height: 32, width: 32, channels: 1),
        findsDigits: true)
    }
    #expect(error?.message.contains("the network takes 32×32×1") == true)
    #expect(error?.exitStatus == .usage)
  }
}
