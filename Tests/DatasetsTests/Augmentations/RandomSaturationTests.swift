import Tensors
import Testing

/// A red and a blue pixel.
let redAndBlue: [Float] = [0.75, 0.25, 0.25, 0.25, 0.25, 0.75]
/// One row of two pixels in colours.
let twoColours = ImageShape(height: 1, width: 2, channels: 3)

@Suite struct RandomSaturationTests {
  @Test func `differences from grey are multiplied by an even factor`() throws {
    let factors = try (0..<1000).map { sample in
      let found = try augmented(
        redAndBlue, twoColours, "[{type: random_saturation, fraction: 0.4}]", sample: sample)
      return Double(found[0] - found[1]) / 0.5
    }
    expectUniform(factors, over: 0.6...1.4)
  }

  @Test func `grey images are an error that says where`() throws {
    #expect(
      try misfits("[{type: random_saturation, fraction: 0.4}]", square) == [
        "1:2: 'random_saturation' needs images with 3 channels, red, green and blue, these have 1; "
          + "leave 'random_saturation' out"
      ])
    #expect(try misfits("[{type: random_saturation, fraction: 0.4}]", twoColours) == [])
  }
}
