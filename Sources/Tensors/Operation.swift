/// What one node of a graph computes. Backends interpret these; layers are made of them.
public enum Operation: Hashable, Sendable {
  /// The images, height × width × channels.
  case input(ImageShape)
  /// Convolves with `filters` learned kernels. Parameters: `kernel` [height, width, channels, filters] and, if
  /// `useBias`, `bias` [filters].
  case convolution2D(filters: Int, window: Window, useBias: Bool)
  /// The largest value in each window, by channel.
  case maxPooling2D(Window)
  /// The same values as a vector, in the order height, width, channels.
  case flatten
  /// x · kernel + bias. Parameters: `kernel` [inputs, units] and, if `useBias`, `bias` [units].
  case dense(units: Int, useBias: Bool)
  /// In training, sets each value to zero with probability `rate` and divides the others by 1 - rate.
  case dropout(rate: Float)
  case activation(ActivationFunction)
}

/// A function of each value, or, for softmax, of each pixel's channels.
public enum ActivationFunction: String, CaseIterable, Hashable, Sendable {
  case relu
  case tanh
  case sigmoid
  case softmax
}

extension Operation {
  /// The shape of the result for an input of `shape`.
  ///
  /// The caller has checked that the operation takes such an input.
  public func outputShape(for shape: ImageShape) -> ImageShape {
    switch self {
    case .input(let image): return image
    case .convolution2D(let filters, let window, _):
      return shape.windows(window, channels: filters)
    case .maxPooling2D(let window): return shape.windows(window, channels: shape.channels)
    case .flatten: return shape.flattened
    case .dense(let units, _): return ImageShape(flat: units)
    case .dropout, .activation: return shape
    }
  }

  /// The parameters the operation learns, for an input of `shape`.
  public func parameters(for shape: ImageShape) -> [Parameter] {
    switch self {
    case .convolution2D(let filters, let window, let useBias):
      let area = window.size.x * window.size.y
      return Parameter.kernelAndBias(
        kernel: [window.size.x, window.size.y, shape.channels, filters],
        fanIn: area * shape.channels, fanOut: area * filters, useBias: useBias)
    case .dense(let units, let useBias):
      return Parameter.kernelAndBias(
        kernel: [shape.channels, units], fanIn: shape.channels, fanOut: units, useBias: useBias)
    case .input, .maxPooling2D, .flatten, .dropout, .activation: return []
    }
  }

  /// Floating-point operations to compute the result for one image; a multiplication and an addition count
  /// as two, a comparison or a function of one value as one.
  public func floatingPointOperations(for shape: ImageShape) -> Int {
    let output = outputShape(for: shape)
    switch self {
    case .convolution2D(_, let window, let useBias):
      let products = window.size.x * window.size.y * shape.channels
      return output.elementCount * (2 * products - 1 + (useBias ? 1 : 0))
    case .dense(_, let useBias):
      return output.elementCount * (2 * shape.channels - 1 + (useBias ? 1 : 0))
    case .maxPooling2D(let window):
      return output.elementCount * (window.size.x * window.size.y - 1)
    case .activation: return output.elementCount
    case .input, .flatten, .dropout: return 0
    }
  }
}

extension ImageShape {
  fileprivate func windows(_ window: Window, channels: Int) -> ImageShape {
    let count = window.count(over: SIMD2(height, width))
    return ImageShape(height: count.x, width: count.y, channels: channels)
  }
}
