import Datasets
import Tensors
import Testing

@Suite struct RandomPerspectiveTests {
  @Test func `as many images as asked for are changed`() throws {
    let count = try (0..<1000).count { sample in
      try augmented(
        ramp(64), square, "[{type: random_perspective, probability: 0.3}]", sample: sample)
        != ramp(64)
    }
    // A few of them keep all their corners.
    #expect(abs(count - 300) < 60)
  }

  @Test func `corners on one line, and images that are one, stay`() throws {
    #expect(
      PerspectiveMap(
        corners: [SIMD2(0, 0), SIMD2(4, 4), SIMD2(7, 7), SIMD2(0, 7)], width: 8, height: 8) == nil)
    let line = ImageShape(height: 1, width: 6, channels: 1)
    let step = "[{type: random_perspective, probability: 1, distortion_scale: 1}]"
    #expect(try augmented(ramp(6), line, step) == ramp(6))
  }

  @Test func `numbers stay between black and white, however far corners go`() throws {
    for sample in 0..<200 {
      let found = try augmented(
        ramp(64), square,
        "[{type: random_perspective, probability: 1, distortion_scale: 1}, {type: random_rotation, degrees: 20}]",
        sample: sample)
      #expect(found.allSatisfy { (-1e-6...1.000001).contains($0) })
    }
  }
}
