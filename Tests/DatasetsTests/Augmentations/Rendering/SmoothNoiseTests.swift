import Datasets
import Tensors
import Testing

@Suite struct SmoothNoiseTests {
  @Test func smoothingIsSciPys() throws {
    for fixture in try SciPyFixtures.all.get().smooth {
      let (height, width) = (fixture.shape[0], fixture.shape[1])
      let noise = SmoothNoise(height: height, width: width, smoothness: fixture.deviation)
      // It takes the numbers column by column.
      var plane = (0..<height * width).map { fixture.noise[$0 % height * width + $0 / height] }
      plane.withUnsafeMutableBufferPointer { noise.smooth($0) }
      // Means of numbers within ±1 by weights that sum to 1, in float32.
      expectClose(plane, fixture.result, 1e-6)
    }
  }

  @Test(arguments: [1.0, 4, 9, 40])
  func noiseVariesAsMuchAsAskedEverywhere(smoothness: Double) {
    let noise = SmoothNoise(height: 20, width: 24, smoothness: smoothness)
    var corner: [Double] = []
    var middle: [Double] = []
    for sample in 0..<2000 {
      var random = AugmentationDraws(seed: 1, sample: sample).sequence(step: 0)
      var plane = [Float](repeating: 0, count: 480)
      plane.withUnsafeMutableBufferPointer { noise.fill($0, deviation: 1.5, using: &random) }
      corner.append(Double(plane[0]))
      middle.append(Double(plane[250]))
    }
    for numbers in [corner, middle] {
      let mean = numbers.reduce(0, +) / 2000
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000
      // Four standard errors of 2000 draws.
      #expect(abs(mean) < 4 * 1.5 / 2000.0.squareRoot())
      #expect(abs(variance.squareRoot() / 1.5 - 1) < 4 / 4000.0.squareRoot())
    }
  }
}
