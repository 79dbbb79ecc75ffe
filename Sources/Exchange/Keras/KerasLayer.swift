import Tensors

/// One of Keras's layers, as it is made.
struct KerasLayer {
  /// Its class.
  let name: String
  /// The arguments before its activation and name.
  var arguments: [String]
  /// The numbers that have to be put around its input.
  var paddingBefore: WindowPadding?
  /// Whether they are less than all others, and not zeros.
  var padsWithLeast = false
  /// Strides that have to be taken over its result.
  var stridesAfter: SIMD2<Int>?
  /// The arguments of `window_share`, by which its result has to be divided.
  var windowShare: String?

  fileprivate init(
    _ name: String, _ arguments: [String] = [], paddingBefore: WindowPadding? = nil
  ) {
    self.name = name
    self.arguments = arguments
    self.paddingBefore = paddingBefore
  }

  fileprivate static func dense(units: Int, useBias: Bool) -> KerasLayer {
    KerasLayer("Dense", ["\(units)"] + (useBias ? [] : ["use_bias=False"]))
  }
}

extension Graph {
  /// The layer that computes `group`.
  func kerasLayer(of group: KerasGroup) -> KerasLayer {
    let step = group.whole
    switch step.meaning {
    case .selu: return KerasLayer("Activation", ["\"selu\""])
    case .hardSigmoid: return KerasLayer("Activation", ["\"hard_sigmoid\""])
    case .globalPooling(.average): return KerasLayer("GlobalAveragePooling2D")
    case .globalPooling(.max): return KerasLayer("GlobalMaxPooling2D")
    case .operation(.convolution2D(let filters, let window, let groups, let useBias)):
      let node = nodes[step.first]
      if node.isDenseOfPixels { return .dense(units: filters, useBias: useBias) }
      guard group.isSeparable else {
        return convolution(node, filters, window, groups: groups, useBias: useBias)
      }
      return separable(node, nodes[step.first + 1], window)
    case .operation(.pooling2D(let pooling, let window)):
      return poolingLayer(pooling, window, nodes[step.inputs[0]].shape)
    case .operation(let operation):
      return operation.kerasLayer(shape: nodes[step.result].shape, activation: step.activation)
    }
  }

  private func poolingLayer(
    _ pooling: Tensors.Operation.Pooling, _ window: Window, _ shape: ImageShape
  ) -> KerasLayer {
    let size = PythonText.pair(window.size)
    let padding = WindowPadding(window, of: shape)
    let own = window.inKeras(over: shape)
    let name = pooling == .max ? "MaxPooling2D" : "AveragePooling2D"
    // On PyTorch, Keras counts uneven padding as if it were pixels.
    guard own == nil || (pooling == .average && !padding.isSymmetric) else {
      return KerasLayer(name, [size] + window.arguments(own, usualStrides: window.size))
    }
    var layer = KerasLayer(
      name, [size] + window.arguments(.valid, usualStrides: window.size), paddingBefore: padding)
    if pooling == .max {
      layer.padsWithLeast = true
    } else {
      let border = KerasLayers.border(padding.before, padding.after)
      let strides = PythonText.pair(window.strides)
      layer.windowShare =
        "\(PythonText.tuple([shape.height, shape.width])), \(size), \(strides), \(border)"
    }
    return layer
  }

  private func convolution(
    _ node: Node, _ filters: Int, _ window: Window, groups: Int, useBias: Bool
  ) -> KerasLayer {
    let strides = strides(of: node, window)
    let size = PythonText.pair(window.size)
    let channels = filters / groups
    let specific =
      isDepthwise(node)
      ? (channels == 1 ? [] : ["depth_multiplier=\(channels)"])
      : (groups == 1 ? [] : ["groups=\(groups)"])
    var layer = windowLayer(
      isDepthwise(node) ? "DepthwiseConv2D" : "Conv2D",
      isDepthwise(node) ? [size] : ["\(filters)", size],
      window, isStrided: strides == nil, specific + (useBias ? [] : ["use_bias=False"]), node)
    layer.stridesAfter = strides
    return layer
  }

  private func separable(_ depthwise: Node, _ pointwise: Node, _ window: Window) -> KerasLayer {
    let multiplier = depthwise.shape.channels / nodes[depthwise.inputs[0]].shape.channels
    return windowLayer(
      "SeparableConv2D", ["\(pointwise.shape.channels)", PythonText.pair(window.size)], window,
      isStrided: true,
      (multiplier == 1 ? [] : ["depth_multiplier=\(multiplier)"])
        + (pointwise.parameters.count > 1 ? [] : ["use_bias=False"]), depthwise)
  }

  /// The convolution `name` by `window` over what `node` takes; without strides if they are taken afterwards.
  private func windowLayer(
    _ name: String, _ first: [String], _ window: Window, isStrided: Bool, _ last: [String],
    _ node: Node
  ) -> KerasLayer {
    let shape = nodes[node.inputs[0]].shape
    var taken = window
    if !isStrided { taken.strides = [1, 1] }
    // What pads a strided window the same way may be another than what pads one without strides.
    let own = isStrided ? window.inKeras(over: shape) : nil
    let padding = WindowPadding(window, of: shape)
    return KerasLayer(
      name, first + taken.arguments(own ?? .valid) + last,
      paddingBefore: own == nil && !padding.isNone ? padding : nil)
  }
}

extension Tensors.Operation {
  /// The layer that computes it; `shape` is that of its result, `activation` the function's name, if it has one.
  fileprivate func kerasLayer(shape: ImageShape, activation: String?) -> KerasLayer {
    switch self {
    case .input, .convolution2D, .pooling2D: preconditionFailure("made elsewhere")
    case .flatten: return KerasLayer("Flatten")
    case .reshape(let target): return KerasLayer("Reshape", [PythonText.tuple(target.lengths)])
    case .zeroPadding2D(let before, let after):
      return KerasLayer("ZeroPadding2D", [KerasLayers.border(before, after)])
    case .cropping2D(let before, let after):
      return KerasLayer("Cropping2D", [KerasLayers.border(before, after)])
    case .upSampling2D(let size): return KerasLayer("UpSampling2D", [PythonText.pair(size)])
    case .dense(let units, let useBias):
      return .dense(units: units, useBias: useBias)
    case .dropout(let rate, let wholeChannels):
      return KerasLayer(
        wholeChannels && !shape.isFlat ? "SpatialDropout2D" : "Dropout", [PythonText.number(rate)])
    case .alphaDropout(let rate): return KerasLayer("AlphaDropout", [PythonText.number(rate)])
    case .gaussianDropout(let rate):
      return KerasLayer("GaussianDropout", [PythonText.number(rate)])
    case .gaussianNoise(let deviation):
      return KerasLayer("GaussianNoise", [PythonText.number(deviation)])
    case .rescaling(let scale, let offset):
      return KerasLayer(
        "Rescaling",
        [PythonText.number(scale)] + (offset == 0 ? [] : ["offset=\(PythonText.number(offset))"]))
    case .activation(.boundedReLU(let maximum)) where activation == nil:
      return KerasLayer("ReLU", ["max_value=\(PythonText.number(maximum))"])
    case .activation(.leakyReLU(let slope)):
      return KerasLayer("LeakyReLU", ["negative_slope=\(PythonText.number(slope))"])
    case .activation(.elu(let alpha)) where activation == nil:
      return KerasLayer("ELU", ["alpha=\(PythonText.number(alpha))"])
    case .activation:
      guard let activation else { preconditionFailure("an activation that Keras has no name for") }
      return KerasLayer("Activation", ["\"\(activation)\""])
    case .prelu(let isShared):
      let axes = shape.isFlat ? [] : (isShared.rows ? ["1"] : []) + (isShared.columns ? ["2"] : [])
      return KerasLayer(
        "PReLU", axes.isEmpty ? [] : ["shared_axes=[\(axes.joined(separator: ", "))]"])
    case .combination(.add): return KerasLayer("Add")
    case .combination(.multiply): return KerasLayer("Multiply")
    case .combination(.average): return KerasLayer("Average")
    case .combination(.maximum): return KerasLayer("Maximum")
    case .concatenation: return KerasLayer("Concatenate")
    case .batchNormalization(let settings, let momentum):
      return KerasLayer(
        "BatchNormalization", ["momentum=\(PythonText.number(momentum))"] + settings.arguments)
    case .groupNormalization(let settings, let groups):
      return KerasLayer("GroupNormalization", ["\(groups)"] + settings.arguments)
    case .layerNormalization(let settings):
      return KerasLayer("LayerNormalization", settings.arguments)
    }
  }
}

/// The treatments of the border that Keras has words for.
private enum KerasPadding {
  case valid, same
}

extension Window {
  /// The word that Keras has for its padding over an image of `shape`; nil if there is none.
  fileprivate func inKeras(over shape: ImageShape) -> KerasPadding? {
    if WindowPadding(self, of: shape).isNone { return .valid }
    var same = self
    same.padding = .same
    let isSame =
      same.count(over: shape.size) == count(over: shape.size)
      && same.paddingBefore(shape.size) == paddingBefore(shape.size)
      && same.paddingAfter(shape.size) == paddingAfter(shape.size)
    return isSame ? .same : nil
  }

  /// The arguments after its size.
  fileprivate func arguments(
    _ padding: KerasPadding?, usualStrides: SIMD2<Int> = [1, 1]
  ) -> [String] {
    (strides == usualStrides ? [] : ["strides=\(PythonText.pair(strides))"])
      + (padding == .same ? ["padding=\"same\""] : [])
      + (dilation == [1, 1] ? [] : ["dilation_rate=\(PythonText.pair(dilation))"])
  }
}

extension NormalizationSettings {
  fileprivate var arguments: [String] {
    ["epsilon=\(PythonText.number(epsilon))"] + (center ? [] : ["center=False"])
      + (scale ? [] : ["scale=False"])
  }
}
