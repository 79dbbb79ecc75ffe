/// The computation of one node of a graph. Backends interpret these; layers are made of them.
///
/// The parameters of an operation stand in its node in the order given here.
package enum Operation: Hashable, Sendable {
  /// The images, height × width × channels.
  case input(ImageShape)
  /// Convolves with learned kernels. Parameters: `kernel` [height, width, channels ÷ groups, filters] and, if
  /// `useBias`, `bias` [filters].
  case convolution2D(filters: Int, window: Window, groups: Int = 1, useBias: Bool)
  /// One value of each window, by channel.
  case pooling2D(Pooling, Window)
  /// The same values as a vector, in the order height, width, channels.
  case flatten
  /// The same values in another shape, in the order height, width, channels.
  case reshape(ImageShape)
  /// Rows and columns of zeros around the image: (top, left) before it and (bottom, right) after it.
  case zeroPadding2D(before: SIMD2<Int>, after: SIMD2<Int>)
  /// The image without rows and columns at its border: (top, left) before what is kept, and (bottom, right) after it.
  case cropping2D(before: SIMD2<Int>, after: SIMD2<Int>)
  /// Each pixel `size.x` times below itself and `size.y` times beside itself.
  case upSampling2D(size: SIMD2<Int>)
  /// x · kernel + bias. Parameters: `kernel` [inputs, units] and, if `useBias`, `bias` [units].
  case dense(units: Int, useBias: Bool)
  /// In training, sets each value to zero with probability `rate` and divides the others by 1 - rate; with
  /// `wholeChannels` all of a channel's values share their fate.
  case dropout(rate: Float, wholeChannels: Bool = false)
  /// In training, multiplies each value with a normal random number of mean 1 and the standard deviation of dropout's
  /// factors, √(rate ÷ (1 - rate)).
  case gaussianDropout(rate: Float)
  /// In training, replaces each value with the limit of a scaled ELU with probability `rate`, and then scales and shifts
  /// all, so that mean 0 and variance 1 stay; see `AlphaDropoutTerms`.
  case alphaDropout(rate: Float)
  /// In training, adds to each value a normal random number of this standard deviation.
  case gaussianNoise(deviation: Float)
  /// x · scale + offset.
  case rescaling(scale: Float, offset: Float)
  case activation(ActivationFunction)
  /// x where it is positive, else alpha · x. Parameter: `alpha`, the shape's lengths with 1 where all places along
  /// that axis share one number.
  case prelu(isShared: SharedAxes)
  /// The inputs, all of one shape, made one value by value.
  case combination(Combination)
  /// The inputs' channels one after another; for vectors, their values.
  case concatenation
  /// (x - mean) ÷ √(variance + epsilon) · gamma + beta by channel. In training, mean and population variance are
  /// those of the whole batch, and `moving_mean` and `moving_variance` follow: moving · momentum + batch's ·
  /// (1 - momentum). Otherwise the moving ones are taken. Parameters: those of `NormalizationSettings`, then
  /// `moving_mean`, `moving_variance` [channels].
  case batchNormalization(NormalizationSettings, momentum: Float)
  /// The same with mean and variance of each image over all its pixels and each of `groups` groups of channels.
  case groupNormalization(NormalizationSettings, groups: Int)
  /// The same with mean and variance of each pixel over its channels; of a vector over all its values.
  case layerNormalization(NormalizationSettings)

  /// The value that a pooling keeps of a window.
  package enum Pooling: String, Hashable, Sendable {
    /// The largest value.
    case max
    /// The mean of the values that lie inside the image.
    case average
  }

  /// The way several inputs become one.
  package enum Combination: String, CaseIterable, Hashable, Sendable {
    case add, multiply, average, maximum
  }

  /// The axes along which a parameter has one number: for all rows, and for all columns.
  package struct SharedAxes: Hashable, Sendable {
    package let rows: Bool
    package let columns: Bool

    package init(rows: Bool, columns: Bool) {
      self.rows = rows
      self.columns = columns
    }
  }
}

/// The settings of all normalizations. Parameters: `gamma` if `scale`, `beta` if `center`, [channels] each.
package struct NormalizationSettings: Hashable, Sendable {
  /// Added to the variance.
  package let epsilon: Float
  /// True if `beta` is added.
  package let center: Bool
  /// True if the result is multiplied with `gamma`.
  package let scale: Bool

  package init(epsilon: Float, center: Bool = true, scale: Bool = true) {
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
  }
}

/// A function of each value, or, for softmax, of each pixel's channels.
package enum ActivationFunction: Hashable, Sendable {
  /// max(x, 0)
  case relu
  /// min(max(x, 0), maximum), with a maximum above 0.
  case boundedReLU(maximum: Float)
  /// x where it is positive, else slope · x, with a slope of at least 0.
  case leakyReLU(slope: Float)
  /// x where it is positive, else alpha · (eˣ - 1), with an alpha of at least 0.
  case elu(alpha: Float)
  /// x · Φ(x), with the normal distribution's Φ itself, not its approximation by tanh.
  case gelu
  /// x · sigmoid(x)
  case silu
  /// x · min(max(x + 3, 0), 6) ÷ 6
  case hardSwish
  /// x · tanh(log(1 + eˣ))
  case mish
  /// log(1 + eˣ)
  case softplus
  case tanh
  case sigmoid
  case softmax
}

// MARK: what follows from an operation

extension Operation {
  /// The operations that make a scaled ELU, which keeps mean 0 and variance 1 (Klambauer et al. 2017).
  package static let selu: [Operation] = [
    .activation(.elu(alpha: 1.673_263_242_354_377_2)),
    .rescaling(scale: 1.050_700_987_355_480_5, offset: 0),
  ]

  /// The operations that make min(max(x + 3, 0), 6) ÷ 6.
  package static let hardSigmoid: [Operation] = [
    .rescaling(scale: 1 / 6, offset: 0.5), .activation(.boundedReLU(maximum: 1)),
  ]

  /// The shape of the result for inputs of `shapes`.
  ///
  /// The caller has checked that the operation takes such inputs.
  package func outputShape(for shapes: [ImageShape]) -> ImageShape {
    if case .input(let image) = self { return image }
    let shape = shapes[0]
    switch self {
    case .input(let image), .reshape(let image): return image
    case .convolution2D(let filters, let window, _, _):
      return shape.windows(window, channels: filters)
    case .pooling2D(_, let window): return shape.windows(window, channels: shape.channels)
    case .flatten: return shape.flattened
    case .zeroPadding2D(let before, let after):
      return ImageShape(
        height: shape.height + before.x + after.x, width: shape.width + before.y + after.y,
        channels: shape.channels)
    case .cropping2D(let before, let after):
      return ImageShape(
        height: shape.height - before.x - after.x, width: shape.width - before.y - after.y,
        channels: shape.channels)
    case .upSampling2D(let size):
      return ImageShape(
        height: shape.height * size.x, width: shape.width * size.y, channels: shape.channels)
    case .dense(let units, _): return ImageShape(flat: units)
    case .concatenation:
      let channels = shapes.reduce(0) { $0 + $1.channels }
      return shape.isFlat
        ? ImageShape(flat: channels)
        : ImageShape(height: shape.height, width: shape.width, channels: channels)
    case .dropout, .gaussianDropout, .alphaDropout, .gaussianNoise, .rescaling, .activation, .prelu,
      .combination,
      .batchNormalization, .groupNormalization, .layerNormalization:
      return shape
    }
  }

  /// The operation's parameters for inputs of `shapes`, as Keras would draw them unless told otherwise.
  package func parameters(for shapes: [ImageShape]) -> [Parameter] {
    guard let shape = shapes.first else { return [] }
    switch self {
    case .convolution2D(let filters, let window, let groups, let useBias):
      let area = window.size.x * window.size.y
      return Parameter.kernelAndBias(
        kernel: [window.size.x, window.size.y, shape.channels / groups, filters],
        fanIn: area * (shape.channels / groups), fanOut: area * filters, useBias: useBias)
    case .dense(let units, let useBias):
      return Parameter.kernelAndBias(
        kernel: [shape.channels, units], fanIn: shape.channels, fanOut: units, useBias: useBias)
    case .prelu(let isShared):
      let lengths =
        shape.isFlat
        ? [shape.channels]
        : [isShared.rows ? 1 : shape.height, isShared.columns ? 1 : shape.width, shape.channels]
      return [Parameter(name: "alpha", shape: lengths, role: .slope, initializer: .zeros)]
    case .batchNormalization(let normalization, _):
      return normalization.parameters(channels: shape.channels) + [
        Parameter(
          name: "moving_mean", shape: [shape.channels], role: .statistic, initializer: .zeros),
        Parameter(
          name: "moving_variance", shape: [shape.channels], role: .statistic, initializer: .ones),
      ]
    case .groupNormalization(let normalization, _), .layerNormalization(let normalization):
      return normalization.parameters(channels: shape.channels)
    case .input, .pooling2D, .flatten, .reshape, .zeroPadding2D, .cropping2D, .upSampling2D,
      .dropout,
      .gaussianDropout, .alphaDropout, .gaussianNoise, .rescaling, .activation, .combination,
      .concatenation:
      return []
    }
  }

  /// Floating-point operations to compute the result for one image; a multiplication and an addition count
  /// as two, a comparison or a function of one value as one.
  package func floatingPointOperations(for shapes: [ImageShape]) -> Int {
    guard let shape = shapes.first else { return 0 }
    let count = outputShape(for: shapes).elementCount
    switch self {
    case .convolution2D(_, let window, let groups, let useBias):
      let products = window.size.x * window.size.y * (shape.channels / groups)
      return count * (2 * products - 1 + (useBias ? 1 : 0))
    case .dense(_, let useBias): return count * (2 * shape.channels - 1 + (useBias ? 1 : 0))
    case .pooling2D(.max, let window): return count * (window.size.x * window.size.y - 1)
    case .pooling2D(.average, let window): return count * window.size.x * window.size.y
    case .activation: return count
    case .prelu, .rescaling: return 2 * count
    case .combination(.average): return count * shapes.count
    case .combination: return count * (shapes.count - 1)
    case .batchNormalization: return 4 * count
    case .groupNormalization, .layerNormalization: return 7 * count
    case .input, .flatten, .reshape, .zeroPadding2D, .cropping2D, .upSampling2D, .dropout,
      .gaussianDropout, .alphaDropout,
      .gaussianNoise, .concatenation:
      return 0
    }
  }
}

extension NormalizationSettings {
  fileprivate func parameters(channels: Int) -> [Parameter] {
    (scale
      ? [
        Parameter(name: "gamma", shape: [channels], role: .normalization, initializer: .ones)
      ] : [])
      + (center
        ? [
          Parameter(name: "beta", shape: [channels], role: .normalization, initializer: .zeros)
        ] : [])
  }
}

extension ImageShape {
  fileprivate func windows(_ window: Window, channels: Int) -> ImageShape {
    let count = window.count(over: SIMD2(height, width))
    return ImageShape(height: count.x, width: count.y, channels: channels)
  }
}
