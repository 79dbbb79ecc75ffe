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

  /// Kernels that are taken apart.
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

  private static let extents = small + large

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
    arguments: [small[2], large[2], large[10]],
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
    for extent in [Self.small[2], Self.large[2], Self.large[10]] {
      let example = WinogradCase(extent, [9, 16], images: 1)
      for set in Self.sets {
        let (result, _) = example.pool(set, x: .nan, bias: 1, slope: 0)
        #expect(result.allSatisfy { $0.isNaN })
      }
    }
  }
}

/// A convolution with random numbers.
private struct WinogradCase {
  struct Results {
    var result: [Float]
    var input: [Float]
    var kernel: [Float]
    var bias: [Float]

    static let tensors: [(String, KeyPath<Results, [Float]> & Sendable)] = [
      ("result", \.result), ("gradient of input", \.input), ("gradient of kernel", \.kernel),
      ("gradient of bias", \.bias),
    ]
  }

  let images: Int
  let channels: SIMD2<Int>
  let size: SIMD2<Int>
  let resultSize: SIMD2<Int>
  let before: SIMD2<Int>
  let kernelSize: SIMD2<Int>
  let strides: SIMD2<Int>
  /// Images × rows × columns × channels, as everywhere here.
  let x: [Float]
  let gradient: [Float]
  let kernel: [Float]
  let bias: [Float]
  let slope: Float

  init(_ extent: WinogradTests.Extent, _ channels: SIMD2<Int>, images: Int) {
    self.images = images
    self.channels = channels
    size = extent.size
    before = extent.before
    kernelSize = extent.kernel
    strides = extent.strides
    resultSize = (extent.size &- extent.kernel) / extent.strides &+ 1 &+ extent.more
    var state = UInt32(extent.size.x * 64 + channels.x)
    func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Float(state >> 8) / Float(1 << 23) - 1
      }
    }
    x = numbers(images * size.x * size.y * channels.x)
    gradient = numbers(images * resultSize.x * resultSize.y * channels.y)
    kernel = numbers(kernelSize.x * kernelSize.y * channels.x * channels.y)
    bias = numbers(channels.y)
    slope = images % 2 == 0 ? 0 : 0.25
  }

  /// By plain loops.
  func plain() -> Results {
    var result = [Double](repeating: 0, count: gradient.count)
    var (dx, dk) = (x.map { _ in 0.0 }, kernel.map { _ in 0.0 })
    var db = bias.map { _ in 0.0 }
    for image in 0..<images {
      for row in 0..<resultSize.x {
        for column in 0..<resultSize.y {
          let place = ((image * resultSize.x + row) * resultSize.y + column) * channels.y
          for k in 0..<channels.y {
            result[place + k] = Double(bias[k])
            db[k] += Double(gradient[place + k])
          }
          for tap in 0..<kernelSize.x * kernelSize.y {
            let y = row * strides.x + tap / kernelSize.y - before.x
            let x = column * strides.y + tap % kernelSize.y - before.y
            guard 0..<size.x ~= y, 0..<size.y ~= x else { continue }
            for c in 0..<channels.x {
              let pixel = ((image * size.x + y) * size.y + x) * channels.x + c
              for k in 0..<channels.y {
                let weight = (tap * channels.x + c) * channels.y + k
                result[place + k] += Double(self.x[pixel]) * Double(kernel[weight])
                dx[pixel] += Double(gradient[place + k]) * Double(kernel[weight])
                dk[weight] += Double(gradient[place + k]) * Double(self.x[pixel])
              }
            }
          }
          for k in place..<place + channels.y where result[k] < 0 { result[k] *= Double(slope) }
        }
      }
    }
    return Results(
      result: result.map { Float($0) }, input: dx.map { Float($0) }, kernel: dk.map { Float($0) },
      bias: db.map { Float($0) })
  }

  private func shape(for instructions: exp_instructions) -> exp_convolution {
    exp_convolution(
      instructions: instructions, images: Int64(images),
      channels: (Int64(channels.x), Int64(channels.y)),
      rows: (Int64(size.x), Int64(resultSize.x)), columns: (Int64(size.y), Int64(resultSize.y)),
      size: (Int64(kernelSize.x), Int64(kernelSize.y)),
      strides: (Int64(strides.x), Int64(strides.y)), before: (Int64(before.x), Int64(before.y)))
  }

  /// By the kernels for `instructions`. What they don't write is not a number.
  func run(_ instructions: exp_instructions) -> Results {
    let width = Int(exp_convolution_width(instructions))
    var shape = shape(for: instructions)
    func blank(_ count: Int64) -> [Float] { Array(repeating: .nan, count: Int(count)) }
    var forward = blank(exp_winograd_kernel_size(&shape))
    var transposed = blank(exp_winograd_transposed_size(&shape))
    for first in stride(from: 0, to: channels.x, by: width) {
      let end = Int64(min(first + width, channels.x))
      exp_winograd_transform_kernel(&shape, kernel, Int64(first), end, false, &forward)
      exp_winograd_transform_kernel(&shape, kernel, Int64(first), end, true, &transposed)
    }
    let source = inBlocks(x, channels.x, width)
    let resultGradient = inBlocks(gradient, channels.y, width)
    var (result, inputGradient) = (
      resultGradient.map { _ in Float.nan }, source.map { _ in Float.nan }
    )
    var (kernelGradient, biasGradient) = (
      kernel.map { _ in Float.nan }, bias.map { _ in Float.nan }
    )
    var room = blank(exp_winograd_forward_room(&shape))
    exp_winograd_forward(&shape, source, nil, forward, bias, slope, &result, nil, &room)
    room = blank(exp_winograd_backward_room(&shape))
    inputGradient.withUnsafeMutableBufferPointer { input in
      kernelGradient.withUnsafeMutableBufferPointer { kernel in
        biasGradient.withUnsafeMutableBufferPointer { bias in
          resultGradient.withUnsafeBufferPointer { given in
            exp_winograd_backward(
              &shape, source, nil,
              exp_given_back(
                dy: given.baseAddress, winners: nil, y: nil, normalization: nil, slope: 1),
              transposed,
              exp_convolution_gradients(
                input: input.baseAddress, kernel: kernel.baseAddress, bias: bias.baseAddress),
              false, &room)
          }
        }
      }
    }
    return Results(
      result: inPixels(result, channels.y, width),
      input: inPixels(inputGradient, channels.x, width),
      kernel: kernelGradient, bias: biasGradient)
  }

  /// The pooled result of images whose pixels are all `x`, and the winners, of channels that there are.
  func pool(
    _ instructions: exp_instructions, x: Float, bias: Float, slope: Float
  ) -> (result: [Float], winners: [exp_winner]) {
    let width = Int(exp_convolution_width(instructions))
    var shape = shape(for: instructions)
    var transformed = [Float](repeating: .nan, count: Int(exp_winograd_kernel_size(&shape)))
    exp_winograd_transform_kernel(
      &shape, kernel, 0, Int64(channels.x), false, &transformed)
    let source = inBlocks(self.x.map { _ in x }, channels.x, width)
    let pixels = images * (resultSize.x / 2) * (resultSize.y / 2)
    let blocks = (channels.y + width - 1) / width
    var result = [Float](repeating: .infinity, count: pixels * blocks * width)
    var winners = [exp_winner](repeating: 99, count: result.count)
    var room = [Float](repeating: .nan, count: Int(exp_winograd_forward_room(&shape)))
    exp_winograd_forward(
      &shape, source, nil, transformed, self.bias.map { _ in bias }, slope, &result, &winners,
      &room)
    let places = places(pixels * channels.y, channels.y, width)
    return (places.map { result[$0] }, places.map { winners[$0] })
  }

  /// Of numbers with `count` channels, the place of each in blocks of `width`.
  private func places(_ total: Int, _ count: Int, _ width: Int) -> [Int] {
    let (pixels, blocks) = (total / images / count, (count + width - 1) / width)
    return (0..<total).map { place in
      let (channel, pixel) = (place % count, place / count % pixels)
      let block = place / count / pixels * blocks + channel / width
      return (block * pixels + pixel) * width + channel % width
    }
  }

  private func inBlocks(_ numbers: [Float], _ count: Int, _ width: Int) -> [Float] {
    let blocks = (count + width - 1) / width
    var result = [Float](repeating: 0, count: numbers.count / count * blocks * width)
    for (place, number) in zip(places(numbers.count, count, width), numbers) {
      result[place] = number
    }
    return result
  }

  /// What fills up the last block must be zero.
  private func inPixels(_ numbers: [Float], _ count: Int, _ width: Int) -> [Float] {
    let blocks = (count + width - 1) / width
    let total = numbers.count / (blocks * width) * count
    let places = places(total, count, width)
    #expect(Set(numbers.indices).subtracting(places).allSatisfy { numbers[$0] == 0 })
    return places.map { numbers[$0] }
  }
}
