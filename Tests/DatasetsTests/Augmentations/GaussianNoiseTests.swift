import Foundation
import Tensors
import Testing

@Suite struct GaussianNoiseTests {
  @Test func noiseIsNormal() throws {
    let shape = ImageShape(height: 101, width: 99, channels: 1)
    let grey = [Float](repeating: 0.5, count: 9999)
    let noise = try augmented(grey, shape, "[{type: gaussian_noise, stddev: 0.1}]")
    // Five deviations are cut off at 0 and 1; what is left must be uniform in terms of the distribution.
    expectUniform(noise.map { erfc(-(Double($0) - 0.5) / 0.1 / 2.squareRoot()) / 2 }, over: 0...1)
  }

  @Test func pixelsStayBetweenBlackAndWhite() throws {
    let found = try augmented(ramp(64), square, "[{type: gaussian_noise, stddev: 1}]")
    #expect(found.allSatisfy { (0...1).contains($0) })
    #expect(found.contains(0) && found.contains(1))
  }

  @Test func `each channel has noise of its own`() throws {
    let grey = [Float](repeating: 0.5, count: 3 * 64)
    let shape = ImageShape(height: 8, width: 8, channels: 3)
    let found = try augmented(grey, shape, "[{type: gaussian_noise, stddev: 0.1}]")
    #expect(Set(found).count == grey.count)
  }
}
