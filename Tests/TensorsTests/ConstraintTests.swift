import Tensors
import Testing

@Suite struct ConstraintTests {
  private func constrained(_ constraint: Constraint, _ values: [Float], _ shape: [Int]) -> [Float] {
    var values = values
    values.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { constraint.apply(to: $0, count: buffer.count, shape: shape) }
    }
    return values
  }

  @Test func `negative values become 0`() {
    #expect(constrained(.nonNegative, [-1, 0, 2, -0.5], [2, 2]) == [0, 0, 2, 0])
  }

  /// What `keras.constraints.MaxNorm(2, axis)` of Keras 3.15 makes of the same values.
  @Test(
    arguments: [
      (
        [0],
        [1.2, 0, -0.8944272, 0.9999999, 0.9999999, 0.328798]
          + [1.6, -0.9999999, 1.7888544, 0, 0.25, -1.972788]
      ),
      (
        [1],
        [1.8973665, 0, -0.9999999, 0.6324555, 0.9999999, 0.4999999]
          + [2, -0.9999999, 1.1094004, 0, 0.25, -1.6641006]
      ),
      (
        [0, 2],
        [1.0776318, 0, -0.3592106, 0.5946353, 0.5946353, 0.2973177]
          + [1.4368424, -0.3592106, 0.7184212, 0, 0.1486588, -1.783906]
      ),
      (
        [0, 1, 2],
        [0.9223949, 0, -0.307465, 0.307465, 0.307465, 0.1537325]
          + [1.2298598, -0.307465, 0.6149299, 0, 0.0768662, -0.9223949]
      ),
    ] as [(Set<Int>, [Float])])
  func `norms are over the axes that are named`(axes: Set<Int>, wanted: [Float]) {
    let values: [Float] = [3, 0, -1, 1, 1, 0.5, 4, -1, 2, 0, 0.25, -3]
    let found = constrained(.maximumNorm(2, axes: axes), values, [2, 2, 3])
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
  }

  @Test func `zeros have no norm, and stay`() {
    #expect(constrained(.maximumNorm(1, axes: [0]), [0, 3, 0, 4], [2, 2]) == [0, 0.6, 0, 0.8])
  }
}
