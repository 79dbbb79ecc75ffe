import Datasets
import Testing

struct PixelScalingTests {
  private let part = LabelledImages(images: [0, 10, 20, 50, 255, 255], labels: [0, 1, 0])

  private func tables(_ normalization: Normalization, at indices: [Int]) -> [Float] {
    PixelScaling(normalization, of: part, at: indices, channels: 1).tables
  }

  @Test func `unit maps to 0 to 1`() {
    let table = tables(.unit, at: [0])
    #expect(table.count == 256)
    #expect(table[0] == 0)
    #expect(table[51] == 0.2)
    #expect(table[255] == 1)
  }

  @Test func `symmetric maps to -1 to 1`() {
    let table = tables(.symmetric, at: [0])
    #expect(table[0] == -1)
    #expect(table[128] == Float(0.5 / 127.5))
    #expect(table[255] == 1)
  }

  @Test func `standard gives the chosen images mean 0 and standard deviation 1`() {
    let scaling = PixelScaling(.standard, of: part, at: [0, 1], channels: 1)
    #expect(scaling.shift == [20])
    let deviation = Double(350).squareRoot()
    #expect(scaling.divisor == [deviation])
    let values = [0, 10, 20, 50].map { Double(scaling.tables[$0]) }
    #expect(abs(values.reduce(0, +)) < 1e-6)
    #expect(abs(values.map { $0 * $0 }.reduce(0, +) / 4 - 1) < 1e-6)
  }

  @Test func `standard leaves images of one grey at 0`() {
    #expect(tables(.standard, at: [2])[255] == 0)
    #expect(tables(.standard, at: [2])[254] == -1)
  }

  @Test func `standard is each channel's own`() {
    let part = LabelledImages(
      images: [0, 7, 100, 10, 7, 200, 99, 99, 99, 99, 99, 99, 20, 7, 100, 50, 7, 200],
      labels: [0, 1, 0])
    let scaling = PixelScaling(.standard, of: part, at: [0, 2], channels: 3)
    #expect(scaling.shift == [20, 7, 150])
    let deviation = Double(350).squareRoot()
    #expect(scaling.divisor == [deviation, 1, 50])
    #expect(scaling.tables.count == 3 * 256)
    #expect(scaling.tables[2 * 256 + 200] == 1)
  }

  @Test func `constants count from 0 to 1, as torchvision's Normalize does`() {
    let scaling = PixelScaling(
      .constants(mean: .each([0.485, 0.456, 0.406]), std: .all(0.2)), of: part, at: [], channels: 3)
    // (51 / 255 - 0.456) / 0.2
    #expect(abs(scaling.tables[256 + 51] - -1.28) < 1e-6)
    #expect(scaling.divisor == [51, 51, 51])
  }

  @Test func `channels that are mapped alike share a table`() {
    let constants = Normalization.constants(mean: .each([0.5, 0.5, 0.5]), std: .all(0.5))
    #expect(PixelScaling(.unit, of: part, at: [], channels: 3).tables.count == 256)
    #expect(PixelScaling(constants, of: part, at: [], channels: 3).tables.count == 256)
  }
}
