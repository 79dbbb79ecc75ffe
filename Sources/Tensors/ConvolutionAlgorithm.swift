/// The algorithm of convolutions with windows of 3×3 and strides of 1; all others, and those of images with few channels,
/// are computed as they are defined.
package enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Winograd's F(4×4, 3×3), where the shapes suit it: a quarter to half as many multiplications, with factors that are sums.
  /// Results are off by some ten times as much rounding.
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
      window.dilation == [1, 1], all(window.size .>= 3), all(window.size .<= 7)
    else { return false }
    let channels = nodes[node.inputs[0]].shape.channels
    // Going back, lanes are those of a row of the kernel, which must fill them.
    if givesBack { return channels <= 6 && filters <= 16 && all(window.size .>= 5) }
    // Others take several filters' vectors at once, which pays for large kernels.
    return channels <= 4 && filters <= 2048 / (window.size.x * window.size.y * channels)
  }
}
