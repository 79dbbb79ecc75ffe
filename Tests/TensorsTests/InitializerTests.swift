import Tensors
import Testing

@Suite struct InitializerTests {
  private func values(
    _ initializer: Initializer, _ shape: [Int], fanIn: Int = 1, fanOut: Int = 1, seed: UInt64 = 4
  ) -> [Double] {
    let parameter = Parameter(
      name: "kernel", shape: shape, role: .kernel, initializer: initializer, fanIn: fanIn,
      fanOut: fanOut)
    return initializer.values(
      for: parameter, from: RandomStream(seed: seed, purpose: .initialization)
    ).map(Double.init)
  }

  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, square / Double(values.count))
  }

  /// What the variance of `scale` and `fan` is for 300 inputs and 100 outputs.
  static let scaled: [(scale: Float, fan: Initializer.Fan, variance: Double)] = [
    (1, .average, 1 / 200), (2, .input, 2 / 300), (1, .input, 1 / 300),
  ]

  @Test(arguments: scaled)
  func `uniform numbers have the variance and the bounds that follow from it`(
    scale: Float, fan: Initializer.Fan, variance: Double
  ) {
    let values = values(
      .scaledUniform(scale: scale, fan: fan), [300, 400], fanIn: 300, fanOut: 100)
    let found = moments(values)
    // Standard errors, in standard deviations: 1 ÷ √count of the mean, √0.8 ÷ √count of the variance.
    let error = 1 / Double(values.count).squareRoot()
    #expect(abs(found.mean) < 4 * error * variance.squareRoot())
    #expect(abs(found.variance / variance - 1) < 4 * 0.9 * error)
    let bound = (3 * variance).squareRoot() * (1 + 1e-6)
    #expect(values.allSatisfy { abs($0) <= bound })
    #expect((values.max() ?? 0) > 0.999 * bound)
  }

  @Test(arguments: scaled)
  func `normal numbers have the variance, and end at two deviations of the uncut distribution`(
    scale: Float, fan: Initializer.Fan, variance: Double
  ) {
    let values = values(.scaledNormal(scale: scale, fan: fan), [300, 400], fanIn: 300, fanOut: 100)
    let found = moments(values)
    let error = 1 / Double(values.count).squareRoot()
    #expect(abs(found.mean) < 4 * error * variance.squareRoot())
    #expect(abs(found.variance / variance - 1) < 4 * 1.2 * error)
    let bound = 2 * variance.squareRoot() / 0.879_625_661_034_239_78 * (1 + 1e-6)
    #expect(values.allSatisfy { abs($0) <= bound })
    #expect((values.max() ?? 0) > 0.995 * bound)
    // A normal distribution's share within one deviation, of that within two; a standard error of 0.0013.
    let inner = values.count { abs($0) < bound / 2 }
    #expect(abs(Double(inner) / Double(values.count) - 0.682689 / 0.954500) < 4 * 0.0013)
  }

  @Test(arguments: [[12, 12], [40, 7], [7, 40], [3, 3, 4, 8], [1, 1, 2, 30], [1, 5], [5, 1]])
  func `orthogonal matrices are orthogonal`(shape: [Int]) throws {
    let gain = 1.5
    let values = values(.orthogonal(gain: Float(gain)), shape)
    let columns = try #require(shape.last)
    let rows = values.count / columns
    // Of columns with columns, or of rows with rows, whichever are fewer.
    let count = min(rows, columns)
    for first in 0..<count {
      for second in 0..<count {
        let product = (0..<max(rows, columns)).reduce(0) { sum, index in
          rows >= columns
            ? sum + values[index * columns + first] * values[index * columns + second]
            : sum + values[first * columns + index] * values[second * columns + index]
        }
        #expect(abs(product - (first == second ? gain * gain : 0)) < 1e-6)
      }
    }
  }

  @Test func `orthogonal matrices favour no direction`() {
    // The corner of a random 3×3 orthogonal matrix is uniform in ±1 (Archimedes).
    let corners = (0..<2000).map { values(.orthogonal(gain: 1), [3, 3], seed: $0)[0] }
    let found = moments(corners)
    #expect(abs(found.mean) < 4 * 0.0129)
    #expect(abs(found.variance - 1.0 / 3) < 4 * 0.0067)
  }

  @Test func `constants are constant`() {
    #expect(values(.constant(0.25), [2, 2]) == [0.25, 0.25, 0.25, 0.25])
  }

  @Test(arguments: [Initializer.scaledNormal(scale: 1, fan: .input), .orthogonal(gain: 1)])
  func `a seed gives the same numbers, another one others`(initializer: Initializer) {
    #expect(values(initializer, [5, 4]) == values(initializer, [5, 4]))
    #expect(values(initializer, [5, 4]) != values(initializer, [5, 4], seed: 5))
  }
}
