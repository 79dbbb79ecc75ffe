import Tensors
import Testing

@Suite struct RandomContrastTests {
  @Test func distancesFromTheMeanAreMultiplied() throws {
    var factors: [Double] = []
    for sample in 0..<1000 {
      let found = try augmented(
        [0.5, 0.4, 0.6, 0.7], pixels, "[{type: random_contrast, fraction: 0.5}]", sample: sample)
      factors.append(Double((found[3] - found[1]) / 0.3))
      #expect(abs(found.reduce(0, +) - 2.2) < 1e-5, "the mean stays")
    }
    expectUniform(factors, over: 0.5...1.5)
  }

  @Test func eachChannelHasItsMean() throws {
    let shape = ImageShape(height: 1, width: 2, channels: 3)
    let found = try augmented(
      [0.5, 0.2, 0.9, 0.5, 0.4, 0.9], shape, "[{type: random_contrast, fraction: 0.5}]")
    #expect([found[0], found[3]] == [0.5, 0.5])
    #expect([found[2], found[5]] == [0.9, 0.9])
    #expect(found[1] != 0.2 && abs(found[1] + found[4] - 0.6) < 1e-6)
  }
}
