import CKernels
import Foundation
import Testing

/// A convolution of few channels with random numbers, and what follows it.
struct NarrowCase: Sendable, CustomTestStringConvertible {
  let size: SIMD2<Int>
  let kernel: SIMD2<Int>
  let channels: SIMD2<Int>
  let strides: SIMD2<Int>
  let images: Int
  let before: SIMD2<Int>
  let resultSize: SIMD2<Int>
  let activation: exp_narrow_activation
  let slope: Float
  let pooling: exp_narrow_pooling
  /// Images × rows × columns × channels, as everywhere here.
  var x: [Float]
  let weights: [Float]
  let bias: [Float]

  /// `padding` zeros stand on each side; the result has `more` rows and columns than go with that.
  init(
    size: SIMD2<Int>, kernel: SIMD2<Int>, channels: SIMD2<Int>, strides: SIMD2<Int> = [1, 1],
    padding: SIMD2<Int> = [0, 0], more: SIMD2<Int> = [0, 0], images: Int = 1,
    activation: exp_narrow_activation = EXP_RECTIFIER, slope: Float = 1,
    pooling: exp_narrow_pooling = EXP_UNPOOLED
  ) {
    (self.size, self.kernel, self.channels) = (size, kernel, channels)
    (self.strides, self.images, self.slope) = (strides, images, slope)
    (self.activation, self.pooling, before) = (activation, pooling, padding)
    resultSize = (size &+ 2 &* padding &- kernel) / strides &+ 1 &+ more
    var state = UInt32(size.x * 64 + channels.x)
    func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Float(state >> 8) / Float(1 << 23) - 1
      }
    }
    x = numbers(images * size.x * size.y * channels.x)
    weights = numbers(kernel.x * kernel.y * channels.x * channels.y)
    bias = numbers(channels.y)
  }

  static let all: [NarrowCase] = [
    NarrowCase(
      size: [28, 28], kernel: [5, 5], channels: [1, 6], padding: [2, 2], images: 2,
      activation: EXP_HYPERBOLIC_TANGENT, pooling: EXP_MEAN),
    NarrowCase(
      size: [14, 14], kernel: [5, 5], channels: [6, 16], images: 3,
      activation: EXP_HYPERBOLIC_TANGENT,
      pooling: EXP_MEAN),
    NarrowCase(
      size: [12, 11], kernel: [3, 3], channels: [1, 33], images: 4, slope: 0, pooling: EXP_MAXIMUM),
    NarrowCase(size: [5, 8], kernel: [3, 3], channels: [3, 32], padding: [1, 1], slope: 0.25),
    NarrowCase(
      size: [9, 7], kernel: [7, 7], channels: [8, 17], padding: [3, 3], images: 2, slope: 0.25,
      pooling: EXP_MAXIMUM),
    NarrowCase(
      size: [13, 10], kernel: [5, 1], channels: [5, 9], strides: [2, 3], padding: [4, 0],
      pooling: EXP_MEAN),
    NarrowCase(
      size: [6, 9], kernel: [2, 6], channels: [4, 8], strides: [1, 2], padding: [1, 5], images: 2,
      activation: EXP_HYPERBOLIC_TANGENT),
    NarrowCase(size: [1, 1], kernel: [3, 3], channels: [4, 16], padding: [1, 1], images: 3),
    NarrowCase(size: [7, 5], kernel: [1, 1], channels: [2, 24], slope: 0, pooling: EXP_MEAN),
    // Of the input less is read than there is, and some of the result sees zeros alone.
    NarrowCase(size: [11, 12], kernel: [3, 3], channels: [7, 5], more: [-3, -2]),
    NarrowCase(
      size: [3, 2], kernel: [3, 3], channels: [2, 6], strides: [2, 2], padding: [2, 2],
      more: [2, 1], activation: EXP_HYPERBOLIC_TANGENT),
  ]

  var testDescription: String {
    "\(size.x)×\(size.y)×\(channels.x) → \(channels.y), \(kernel.x)×\(kernel.y)"
  }

  /// The size of what is given as the result.
  private var givenSize: SIMD2<Int> { pooling == EXP_UNPOOLED ? resultSize : resultSize / 2 }

  private var gradient: [Float] {
    (0..<images * givenSize.x * givenSize.y * channels.y).map { Float($0 * 37 % 101) / 50 - 1 }
  }

  /// By plain loops, each tensor by its name.
  func plain() -> [String: [Double]] {
    let pixels = images * resultSize.x * resultSize.y
    var values = [Double](repeating: 0, count: pixels * channels.y)
    forEachProduct { value, pixel, weight in
      values[value] += Double(x[pixel]) * Double(weights[weight])
    }
    for place in values.indices { values[place] += Double(bias[place % channels.y]) }
    values = values.map { value in
      activation == EXP_HYPERBOLIC_TANGENT ? tanh(value) : value > 0 ? value : Double(slope) * value
    }
    let (result, given) = pooled(values)
    let gradients = zip(given, values).map { given, value in
      activation == EXP_HYPERBOLIC_TANGENT
        ? given * (1 - value * value) : value > 0 ? given : Double(slope) * given
    }
    var (dx, dk) = (x.map { _ in 0.0 }, weights.map { _ in 0.0 })
    var db = bias.map { _ in 0.0 }
    for (place, gradient) in gradients.enumerated() { db[place % channels.y] += gradient }
    forEachProduct { value, pixel, weight in
      dx[pixel] += gradients[value] * Double(weights[weight])
      dk[weight] += gradients[value] * Double(x[pixel])
    }
    return [
      "result": result, "gradient of input": dx, "gradient of kernel": dk, "gradient of bias": db,
    ]
  }

  /// Calls `body` with the places of a value of the result, of a pixel's channel and of the weight that joins them.
  private func forEachProduct(_ body: (Int, Int, Int) -> Void) {
    for place in 0..<images * resultSize.x * resultSize.y {
      let (column, row) = (place % resultSize.y, place / resultSize.y % resultSize.x)
      let image = place / resultSize.y / resultSize.x
      for tap in 0..<kernel.x * kernel.y {
        let y = row * strides.x + tap / kernel.y - before.x
        let x = column * strides.y + tap % kernel.y - before.y
        guard 0..<size.x ~= y, 0..<size.y ~= x else { continue }
        for c in 0..<channels.x {
          for k in 0..<channels.y {
            body(
              place * channels.y + k, ((image * size.x + y) * size.y + x) * channels.x + c,
              (tap * channels.x + c) * channels.y + k)
          }
        }
      }
    }
  }

  /// What is made of `values`, and what is given back to each of them.
  private func pooled(_ values: [Double]) -> (result: [Double], given: [Double]) {
    if pooling == EXP_UNPOOLED { return (values, gradient.map(Double.init)) }
    var given = values.map { _ in 0.0 }
    let result = gradient.enumerated().map { place, gradient in
      let (k, pixel) = (place % channels.y, place / channels.y)
      let (column, row) = (pixel % givenSize.y, pixel / givenSize.y % givenSize.x)
      let image = pixel / givenSize.y / givenSize.x
      let window = (0..<4).map { i in
        ((image * resultSize.x + 2 * row + i / 2) * resultSize.y + 2 * column + i % 2)
          * channels.y + k
      }
      if pooling == EXP_MEAN {
        for place in window { given[place] = Double(gradient) / 4 }
        return window.reduce(0) { $0 + values[$1] } / 4
      }
      let best = window.dropFirst().reduce(window[0]) { values[$1] > values[$0] ? $1 : $0 }
      given[best] = Double(gradient)
      return values[best]
    }
    return (result, given)
  }
}

extension NarrowCase {
  /// By the kernels for `instructions`. What they don't write is not a number.
  func run(
    _ instructions: exp_instructions, keeps: Bool = true, givesBack: Bool = true
  ) -> NarrowResults {
    let width = Int(exp_convolution_width(instructions))
    // A channel more than there is, of zeros, stands behind each pixel.
    let step = channels.x + 1
    var layer = exp_narrow(
      convolution: exp_convolution(
        instructions: instructions, images: Int64(images),
        channels: (Int64(channels.x), Int64(channels.y)),
        rows: (Int64(size.x), Int64(resultSize.x)), columns: (Int64(size.y), Int64(resultSize.y)),
        size: (Int64(kernel.x), Int64(kernel.y)), strides: (Int64(strides.x), Int64(strides.y)),
        before: (Int64(before.x), Int64(before.y))),
      input_step: Int64(step), activation: activation, slope: slope, pooling: pooling)
    func blank(_ count: Int) -> [Float] { Array(repeating: .nan, count: count) }
    let source = stride(from: 0, to: x.count, by: channels.x).flatMap {
      x[$0..<$0 + channels.x] + [0]
    }
    let blocks = (channels.y + width - 1) / width
    let (given, whole) = (
      images * blocks * givenSize.x * givenSize.y * width,
      images * blocks * resultSize.x * resultSize.y * width
    )
    var (result, kept) = (blank(given), blank(whole))
    var winners = [exp_winner](repeating: 99, count: given)
    var room = blank(Int(exp_narrow_forward_room(&layer)))
    let keeps = keeps && pooling == EXP_MEAN
    kept.withUnsafeMutableBufferPointer {
      exp_narrow_forward(
        &layer, source, weights, bias, &result, keeps ? $0.baseAddress : nil, &winners, &room)
    }
    // Without what it was made of there is no way back.
    guard keeps || pooling != EXP_MEAN else {
      return NarrowResults(result: inPixels(result, width), input: [], kernel: [], bias: [])
    }
    var (dx, dk, db) = (source.map { _ in Float.nan }, blank(weights.count), blank(bias.count))
    room = blank(Int(exp_narrow_backward_room(&layer)))
    dx.withUnsafeMutableBufferPointer { dx in
      dk.withUnsafeMutableBufferPointer { dk in
        db.withUnsafeMutableBufferPointer { db in
          exp_narrow_backward(
            &layer, source, weights, keeps ? kept : result, winners, inBlocks(gradient, width), nil,
            exp_convolution_gradients(
              input: givesBack ? dx.baseAddress : nil, kernel: dk.baseAddress, bias: db.baseAddress),
            &room)
        }
      }
    }
    if !givesBack { dx = [] }
    #expect(stride(from: channels.x, to: dx.count, by: step).allSatisfy { dx[$0] == 0 })
    return NarrowResults(
      result: inPixels(result, width),
      input: dx.indices.filter { $0 % step < channels.x }.map { dx[$0] }, kernel: dk, bias: db)
  }

  /// Of results with all channels, the place of each in blocks of `width`.
  private func places(_ width: Int) -> [Int] {
    let (pixels, blocks) = (givenSize.x * givenSize.y, (channels.y + width - 1) / width)
    return gradient.indices.map { place in
      let (channel, pixel) = (place % channels.y, place / channels.y % pixels)
      let block = place / channels.y / pixels * blocks + channel / width
      return (block * pixels + pixel) * width + channel % width
    }
  }

  private func inBlocks(_ numbers: [Float], _ width: Int) -> [Float] {
    let blocks = (channels.y + width - 1) / width
    var result = [Float](
      repeating: 0, count: images * blocks * givenSize.x * givenSize.y * width)
    for (place, number) in zip(places(width), numbers) { result[place] = number }
    return result
  }

  /// What fills up the last block must be zero.
  private func inPixels(_ numbers: [Float], _ width: Int) -> [Float] {
    let places = places(width)
    let others = Set(numbers.indices).subtracting(places)
    #expect(
      others.allSatisfy { numbers[$0] == 0 || numbers[$0].isNaN && x.contains(where: \.isNaN) })
    return places.map { numbers[$0] }
  }
}
