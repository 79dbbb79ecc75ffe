/// The algorithm of convolutions that Winograd's suits; all others, and those of images with few channels, are computed as
/// they are defined.
package enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Winograd's F(4×4, 3×3): a quarter to half as many multiplications, with factors that are sums. Results are off by some
  /// ten times as much rounding.
  case winograd
  /// By the definition.
  case direct
}

extension Graph {
  /// True if node `number` is a convolution of images with few channels, by a kernel of 3 to 7 rows and columns: routines made
  /// for those compute it, whatever the algorithm of others. `givesBack` says whether its input needs a gradient.
  package func isNarrowConvolution(_ number: Int, givesBack: Bool) -> Bool {
    let node = nodes[number]
    guard precision == .float32,
      case .convolution2D(let filters, let window, groups: 1, _) = node.operation,
      window.dilation == [1, 1], all(window.size .>= 3), all(window.size .<= 7),
      all(window.strides .<= window.size)
    else { return false }
    let channels = nodes[node.inputs[0]].shape.channels
    // Going back, lanes are those of a row of the kernel, which must fill them.
    if givesBack { return channels <= 6 && filters <= 16 && all(window.size .>= 5) }
    // Others take several filters' vectors at once, which pays for large kernels.
    return channels <= 4 && filters <= 2048 / (window.size.x * window.size.y * channels)
  }
}

extension Window {
  /// Kernels of up to 3×3 that Winograd's algorithm takes this one apart into; nil if it doesn't know it.
  package var winogradParts: Int? {
    guard dilation == [1, 1] else { return nil }
    if size == [3, 3], strides == [1, 1] { return 1 }
    if size == [3, 3], strides == [2, 2] { return 4 }
    return all(size .>= 4) && all(size .<= 6) && all(strides .<= 2) ? 4 : nil
  }

  /// True if Winograd's algorithm suits a convolution with this window of images of shape `source`, with `before` rows and
  /// columns of zeros before them, to ones of shape `result`.
  package func suitsWinograd(
    from source: ImageShape, to result: ImageShape, paddingBefore before: SIMD2<Int>
  ) -> Bool {
    guard let parts = winogradParts else { return false }
    // The vectors of few channels would be half empty, and a large kernel, which is four to six times as large at all
    // points, is fetched from memory again and again.
    let (inputs, outputs) = (Double(source.channels), Double(result.channels))
    guard min(inputs, outputs) >= 8, inputs * outputs <= Double((1 << 16) / parts) else {
      return false
    }
    // With strides of 2 kernels of 3×3 save less, and the transforms of few channels cost more than that.
    if parts > 1, size == [3, 3], min(inputs, outputs) < 16 || inputs * outputs < 512 {
      return false
    }
    // For few results it is fetched in vain.
    let leastResult = parts == 1 ? 2 : 4
    return min(source.height, source.width) > 2 && min(result.height, result.width) >= leastResult
      && all(before .< size)
      && everyWeightSees(source.height, windows: result.height, before: before.x, axis: 0)
      && everyWeightSees(source.width, windows: result.width, before: before.y, axis: 1)
  }

  /// True if every weight along `axis` sees some of the `length` pixels behind `before` zeros. One that sees nothing but
  /// zeros around the image must get a gradient of exactly zero, not one that is rounded.
  private func everyWeightSees(_ length: Int, windows: Int, before: Int, axis: Int) -> Bool {
    (0..<size[axis]).allSatisfy { weight in
      (0..<windows).contains { 0..<length ~= $0 * strides[axis] + weight - before }
    }
  }
}
