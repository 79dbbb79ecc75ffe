import Datasets
import Testing

struct NormalizationTests {
  private let part = LabelledImages(images: [0, 10, 20, 50, 255, 255], labels: [0, 1, 0])

  private func table(_ normalization: Normalization, at indices: [Int]) -> [Float] {
    PixelScaling(normalization, of: part, at: indices).table
  }

  @Test func `unit maps to 0 to 1`() {
    let table = table(.unit, at: [0])
    #expect(table.count == 256)
    #expect(table[0] == 0)
    #expect(table[51] == 0.2)
    #expect(table[255] == 1)
  }

  @Test func `symmetric maps to -1 to 1`() {
    let table = table(.symmetric, at: [0])
    #expect(table[0] == -1)
    #expect(table[128] == Float(0.5 / 127.5))
    #expect(table[255] == 1)
  }

  @Test func `standard gives the chosen images mean 0 and standard deviation 1`() {
    let scaling = PixelScaling(.standard, of: part, at: [0, 1])
    #expect(scaling.shift == 20)
    #expect(scaling.divisor == 350.0.squareRoot())
    let values = [0, 10, 20, 50].map { Double(scaling.table[$0]) }
    #expect(abs(values.reduce(0, +)) < 1e-6)
    #expect(abs(values.map { $0 * $0 }.reduce(0, +) / 4 - 1) < 1e-6)
  }

  @Test func `standard leaves images of one grey at 0`() {
    #expect(table(.standard, at: [2])[255] == 0)
    #expect(table(.standard, at: [2])[254] == -1)
  }
}
