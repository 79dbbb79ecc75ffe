import Datasets
import Tensors
import Testing

@Suite struct RandomStrokeWidthTests {
  @Test func widerAndNarrowerAreSciPysDilationAndErosion() throws {
    let fixture = try SciPyFixtures.all.get().strokes
    let shape = ImageShape(height: fixture.shape[0], width: fixture.shape[1], channels: 1)
    for wanted in fixture.results {
      let found = changed(fixture.image, shape) {
        RandomStrokeWidth.widen(&$0, by: wanted.pixels)
      }
      expectClose(found, wanted.result, 1e-6)
    }
  }

  @Test func coloursAreKeptApart() {
    let shape = ImageShape(height: 1, width: 3, channels: 3)
    let found = changed([0, 0, 0, 1, 0, 0.5, 0, 0, 0], shape) {
      RandomStrokeWidth.widen(&$0, by: 2)
    }
    #expect(found == [1, 0, 0.5, 1, 0, 0.5, 1, 0, 0.5])
  }

  @Test func strokesBecomeWiderAndNarrower() throws {
    let stroke = (0..<64).map { Float([3, 4].contains($0 % 8) ? 1 : 0) }
    let widths = try (0..<500).map { sample in
      let found = try augmented(
        stroke, square, "[{type: random_stroke_width, pixels: 1.5}]", sample: sample)
      return Double(found[24..<32].reduce(0, +))
    }
    expectUniform(widths, over: 0.5...3.5)
  }
}
