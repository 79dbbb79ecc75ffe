import Datasets
import Testing

struct DigitDrawingTests {
  @Test func `an image does not depend on how many are drawn`() {
    let (few, many) = (draw(33), draw(60))
    #expect(Array(few.images) == Array(many.images.prefix(few.images.count)))
    #expect(few.labels == Array(many.labels.prefix(33)))
  }

  @Test func `another seed and the other part have other images, in another order`() {
    let first = draw(30)
    for other in [draw(30, seed: 1), draw(30, seed: 1 << 40), draw(30, part: .test)] {
      #expect(Array(first.images) != Array(other.images))
      #expect(first.labels != other.labels)
    }
  }

  @Test func `all digits come equally often, in no fixed order`() {
    let labels = draw(200).labels
    for digit in UInt8(0)...9 { #expect(labels.count { $0 == digit } == 20) }
    let tens = stride(from: 0, to: 200, by: 10).map { Array(labels[$0..<$0 + 10]) }
    #expect(Set(tens).count == tens.count)
  }

  @Test func `no image comes twice`() {
    #expect(Set(split(draw(400), size: 28)).count == 400)
  }

  @Test(arguments: [16, 28, 45, 64])
  func `an image is bright strokes in the middle of black`(size: Int) {
    for image in split(draw(100, size: size), size: size) {
      let ink = Float(image.count { $0 > 127 }) / Float(image.count)
      #expect((0.02...0.35).contains(ink))
      #expect(image.contains { $0 > 150 })
      let edge = image.indices.filter {
        $0 < size || $0 >= size * (size - 1) || $0 % size == 0 || $0 % size == size - 1
      }
      #expect(edge.allSatisfy { image[$0] < 128 })
      let (row, column) = centerOfInk(image, size: size)
      #expect(abs(row / Float(size) - 0.5) < 0.16)
      #expect(abs(column / Float(size) - 0.5) < 0.16)
    }
  }

  private func draw(
    _ count: Int, size: Int = 28, seed: UInt64 = 0, part: DigitDrawing.Part = .training
  ) -> LabelledImages {
    DigitDrawing(size: size, seed: seed, part: part).images(count: count)
  }

  private func split(_ images: LabelledImages, size: Int) -> [[UInt8]] {
    stride(from: 0, to: images.images.count, by: size * size).map {
      Array(images.images[$0..<$0 + size * size])
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
}
