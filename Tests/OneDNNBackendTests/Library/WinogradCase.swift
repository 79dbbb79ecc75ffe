import CKernels
import Testing

/// A convolution by Winograd's algorithm with random numbers.
struct WinogradCase {
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
