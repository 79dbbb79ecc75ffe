import Foundation
import Tensors
import Testing

@Suite struct GaussianBlurTests {
  @Test func `deviations are even between the two`() throws {
    var point = [Float](repeating: 0, count: 81)
    point[40] = 1
    let shape = ImageShape(height: 9, width: 9, channels: 1)
    let deviations = try (0..<1000).map { sample in
      let found = try augmented(
        point, shape, "[{type: gaussian_blur, kernel_size: 3, sigma: [0.5, 1.5]}]", sample: sample)
      // In one line: the weight at distance 1 over that of the middle is exp(-1 / 2σ²).
      return Double(1 / (2 * log(found[40] / found[41])).squareRoot())
    }
    expectUniform(deviations, over: 0.5...1.5)
  }

  @Test func `an even window and limits in the wrong order are errors`() throws {
    #expect(
      try mistakes("[{type: gaussian_blur, kernel_size: 4}]") == ["1:37: must be odd, got 4"])
    #expect(
      try mistakes("[{type: gaussian_blur, kernel_size: 3, sigma: [2, 0.1]}]")
        == ["1:47: 'sigma' must name the smaller number first; write [0.1, 2.0]"])
  }

  @Test func `a window that images cannot be mirrored for is an error`() throws {
    #expect(try misfits("[{type: gaussian_blur, kernel_size: 15}]", square) == [])
    #expect(
      try misfits("[{type: gaussian_blur, kernel_size: [17, 3]}]", square) == [
        "1:37: a window of 17×3 is too large for images of 8×8 pixels; "
          + "at most 15×15 can be mirrored at the edges"
      ])
  }
}
