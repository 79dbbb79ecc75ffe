import Datasets
import Testing

@Suite("The images of synthetic_digits")
struct DigitDrawingTests {
  private func draw(
    _ count: Int, size: Int = 28, seed: UInt64 = 0, part: DigitDrawing.Part = .training
  ) -> (pixels: [UInt8], labels: [UInt8]) {
    DigitDrawing(size: size, seed: seed, part: part).draw(count: count)
  }

  @Test(
    "have the same bytes on every machine",
    arguments: [
      (size: 28, part: DigitDrawing.Part.training, checksum: 0x2A23_25C7_EA07_D936 as UInt64),
      (size: 28, part: .test, checksum: 0x934F_4215_40D3_BB59),
      (size: 17, part: .training, checksum: 0xD559_E17B_CF46_D977),
    ])
  func checksum(size: Int, part: DigitDrawing.Part, checksum: UInt64) {
    let (pixels, labels) = draw(200, size: size, part: part)
    #expect(fowlerNollVo(pixels + labels) == checksum)
  }

  @Test("do not depend on how many are drawn")
  func prefix() {
    let (few, many) = (draw(33), draw(60))
    #expect(few.pixels == Array(many.pixels.prefix(few.pixels.count)))
    #expect(few.labels == Array(many.labels.prefix(33)))
  }

  @Test("are others with another seed, and others in training and test")
  func seedsAndParts() {
    let first = draw(30)
    for other in [draw(30, seed: 1), draw(30, seed: 1 << 40), draw(30, part: .test)] {
      #expect(first.pixels != other.pixels)
      #expect(first.labels != other.labels)
    }
  }

  @Test("show all digits equally often, in no fixed order")
  func balance() {
    let labels = draw(200).labels
    for digit in UInt8(0)...9 { #expect(labels.count { $0 == digit } == 20) }
    let tens = stride(from: 0, to: 200, by: 10).map { Array(labels[$0..<$0 + 10]) }
    #expect(Set(tens).count == tens.count)
  }

  @Test("are all different")
  func noStamps() {
    let pixels = draw(400).pixels
    let images = Set(stride(from: 0, to: pixels.count, by: 784).map { pixels[$0..<$0 + 784] })
    #expect(images.count == 400)
  }

  @Test(
    "are bright strokes in the middle of black, whatever the size", arguments: [16, 28, 45, 64])
  func appearance(size: Int) {
    let pixels = draw(100, size: size).pixels
    #expect(pixels.count == 100 * size * size)
    for start in stride(from: 0, to: pixels.count, by: size * size) {
      let image = Array(pixels[start..<start + size * size])
      let ink = Float(image.count { $0 > 127 }) / Float(image.count)
      #expect((0.02...0.35).contains(ink))
      #expect(image.max()! > 150)
      let edge = image.indices.filter {
        $0 < size || $0 >= size * (size - 1) || $0 % size == 0 || $0 % size == size - 1
      }
      #expect(edge.allSatisfy { image[$0] < 128 })
      let (row, column) = centerOfInk(image, size: size)
      #expect(abs(row / Float(size) - 0.5) < 0.16)
      #expect(abs(column / Float(size) - 0.5) < 0.16)
    }
  }

  private func centerOfInk(_ image: [UInt8], size: Int) -> (row: Float, column: Float) {
    var (total, row, column) = (Float(0), Float(0), Float(0))
    for (index, value) in image.enumerated() {
      total += Float(value)
      row += Float(value) * (Float(index / size) + 0.5)
      column += Float(value) * (Float(index % size) + 0.5)
    }
    return (row / total, column / total)
  }

  /// The checksum FNV-1a, 64 bits.
  private func fowlerNollVo(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
