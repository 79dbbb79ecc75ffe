import CKernels
import Testing

/// The kernels by themselves, with every instruction set that this process may use.
@Suite("Convolutions by Winograd's algorithm")
struct WinogradTests {
  /// Heights and widths of the input and of the kernel, zeros before the input, and rows and columns of the result beyond
  /// those of `valid`.
  struct Extent: Sendable {
    let size: SIMD2<Int>
    var before: SIMD2<Int> = [0, 0]
    var more: SIMD2<Int> = [0, 0]
    var kernel: SIMD2<Int> = [3, 3]
    var strides: SIMD2<Int> = [1, 1]
  }

  private static let small: [Extent] =
    (3...13).map { Extent(size: [$0, 16 - $0]) }
    + (1...13).map { Extent(size: [$0, 14 - $0], before: [1, 1], more: [2, 2]) }
    + [
      Extent(size: [5, 6], before: [2, 0], more: [2, 1]),
      Extent(size: [4, 7], before: [0, 2], more: [3, 4]),
      // Of the input less is read than there is.
      Extent(size: [9, 8], more: [-1, -2]),
    ]

  /// Kernels of 3×3 that are taken apart.
  private static let strided: [Extent] =
    (3...18).map { Extent(size: [$0, 21 - $0], strides: [2, 2]) }
    // `same`
    + (2...9).map {
      Extent(size: [2 * $0, 22 - 2 * $0], more: [1, 1], strides: [2, 2])
    }
    + (1...8).map {
      Extent(size: [2 * $0 + 1, 21 - 2 * $0], before: [1, 1], more: [1, 1], strides: [2, 2])
    }
    + [
      Extent(size: [9, 10], before: [2, 0], more: [1, 1], strides: [2, 2]),
      Extent(size: [11, 7], before: [1, 2], more: [1, 2], strides: [2, 1]),
      // Of the input less is read than there is.
      Extent(size: [14, 13], more: [-1, -2], strides: [2, 2]),
    ]

  /// Larger kernels, which are taken apart, too.
  private static let large: [Extent] =
    (5...12).map { Extent(size: [$0, 17 - $0], kernel: [5, 5]) }
    + (5...20).map { Extent(size: [$0, 25 - $0], kernel: [5, 5], strides: [2, 2]) }
    // `same`
    + (3...12).map {
      Extent(size: [$0, 15 - $0], before: [2, 2], more: [4, 4], kernel: [5, 5])
    }
    + (2...12).map {
      Extent(
        size: [2 * $0, 28 - 2 * $0], before: [1, 1], more: [2, 2], kernel: [5, 5], strides: [2, 2])
    }
    + [
      Extent(size: [11, 7], before: [1, 2], more: [2, 3], kernel: [4, 4]),
      Extent(size: [12, 9], before: [1, 0], more: [1, 1], kernel: [4, 4], strides: [2, 2]),
      Extent(size: [13, 8], before: [5, 0], more: [4, 1], kernel: [6, 6]),
      Extent(size: [10, 15], before: [0, 3], more: [2, 2], kernel: [6, 6], strides: [2, 2]),
      Extent(size: [9, 14], before: [3, 1], more: [3, 1], kernel: [4, 6], strides: [1, 2]),
      // Of the input less is read than there is.
      Extent(size: [12, 14], more: [-2, -1], kernel: [5, 5], strides: [2, 2]),
      Extent(size: [12, 14], more: [-2, -1], kernel: [5, 4]),
    ]

  private static let extents = small + strided + large

  private static let channels: [SIMD2<Int>] = [
    [1, 5], [3, 32], [5, 1], [17, 33], [32, 17], [33, 3], [64, 32],
  ]

  static let sets: [exp_instructions] = [EXP_BASELINE, EXP_AVX2, EXP_AVX512].filter {
    $0.rawValue <= exp_vector_instructions().rawValue
  }

  @Test(arguments: extents.indices, channels)
  func `results and gradients are those of double precision`(
    extent: Int, channels: SIMD2<Int>
  ) {
    let example = WinogradCase(Self.extents[extent], channels, images: 1 + extent % 4)
    let wanted = example.plain()
    for set in Self.sets {
      let found = example.run(set)
      for (name, tensor) in WinogradCase.Results.tensors {
        let (found, wanted) = (found[keyPath: tensor], wanted[keyPath: tensor])
        let scale = wanted.lazy.map { abs($0) }.max() ?? 0
        let errors = zip(found, wanted).map { abs(Double($0) - Double($1)) }
        // What was not written is NaN, which is below nothing.
        #expect(
          errors.allSatisfy { $0 <= 2e-5 * Double(scale) },
          "\(name), set \(set.rawValue): \(errors.max() ?? 0) of \(scale)")
      }
    }
  }

  @Test(
    .enabled(if: sets.contains(EXP_AVX512), "this process has no AVX-512"),
    arguments: extents.indices, channels)
  func `AVX2 and AVX-512 give the same bits`(extent: Int, channels: SIMD2<Int>) {
    let example = WinogradCase(Self.extents[extent], channels, images: 3)
    let (short, long) = (example.run(EXP_AVX2), example.run(EXP_AVX512))
    for (name, tensor) in WinogradCase.Results.tensors {
      #expect(
        short[keyPath: tensor].map(\.bitPattern) == long[keyPath: tensor].map(\.bitPattern),
        "\(name)")
    }
  }

  /// Of images of zeros every sum is the bias: what is pooled is even.
  @Test(
    arguments: [small[2], strided[2], large[2], large[10]],
    [(1, 0, 0), (1, 0.25, 0), (-1, 0.25, 0), (-1, 0, -1), (0, 0, -1), (.nan, 0, 0)]
      as [(Float, Float, exp_winner)])
  func `the first of equal values is the largest, and none below a slope of zero`(
    extent: Extent, expected: (bias: Float, slope: Float, winner: exp_winner)
  ) {
    let example = WinogradCase(extent, [9, 17], images: 2)
    for set in Self.sets {
      let (result, winners) = example.pool(
        set, x: 0, bias: expected.bias, slope: expected.slope)
      let (bias, slope) = (expected.bias, expected.slope)
      let wanted = bias > 0 ? bias : slope * bias
      #expect(result.allSatisfy { $0 == wanted || ($0.isNaN && wanted.isNaN) })
      #expect(winners.allSatisfy { $0 == expected.winner })
    }
  }

  @Test func `what is not a number does not get lost in a pooling`() {
    for extent in [Self.small[2], Self.strided[2], Self.large[2], Self.large[10]] {
      let example = WinogradCase(extent, [9, 16], images: 1)
      for set in Self.sets {
        let (result, _) = example.pool(set, x: .nan, bias: 1, slope: 0)
        #expect(result.allSatisfy { $0.isNaN })
      }
    }
  }
}
