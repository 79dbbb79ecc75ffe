import Tensors
import Testing

@Suite struct ElasticTransformTests {
  @Test func withoutDisplacementNothingMoves() throws {
    let found = try augmented(ramp(64), square, "[{type: elastic_transform, displacement: 0}]")
    #expect(found == ramp(64))
  }

  @Test func otherUnitsAreNoticed() throws {
    #expect(
      try warnings("[{type: elastic_transform, displacement: 34, smoothness: 4}]")
        == ["1:42: a displacement larger than the smoothness tears images to pieces"])
    #expect(try warnings("[{type: elastic_transform, displacement: 1.4}]") == [])
  }

  /// A slope of 1 per pixel shows the shift of each pixel; near the edges it sees what is beyond them.
  @Test func pixelsMoveAsFarAsAsked() throws {
    let slope = (0..<4096).map { Float($0 % 64) / 64 }
    let shape = ImageShape(height: 64, width: 64, channels: 1)
    var squares = 0.0
    for sample in 0..<50 {
      let found = try augmented(
        slope, shape, "[{type: elastic_transform, displacement: 1.5, smoothness: 3}]",
        sample: sample)
      for row in 16..<48 {
        for column in 16..<48 {
          let shift = Double(found[row * 64 + column] - slope[row * 64 + column]) * 64
          squares += shift * shift
        }
      }
    }
    // Neighbours go together: some 10 shifts of an image are independent.
    #expect(abs((squares / (50 * 32 * 32)).squareRoot() / 1.5 - 1) < 0.1)
  }
}
