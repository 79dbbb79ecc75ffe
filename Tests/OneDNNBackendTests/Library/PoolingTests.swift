import CKernels
import Testing

@Suite("Pooling kernels")
struct PoolingTests {
  @Test func `the largest of values of which one is no number is none either`() {
    let windows = exp_windows(
      source: exp_activations(images: 1, blocks: 1, pixels: 4, width: 1), rows: (2, 1),
      columns: (2, 1), size: (2, 2), strides: (2, 2), before: (0, 0))
    for place in 0..<4 {
      var values: [Float] = [1, 4, 3, 2]
      values[place] = .nan
      var largest: [Float] = [0]
      exp_max_pooling(values, &largest, windows)
      #expect(largest[0].isNaN, "place \(place)")
    }
  }
}
