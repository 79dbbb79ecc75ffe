import Tensors

/// A parameter as PyTorch and ONNX have it: its name in a `state_dict`, and the order of its numbers.
package struct ChannelsFirstLayout: Sendable {
  /// The parameter's full name in the graph: `conv2d.kernel`.
  package let parameter: String
  /// Its name in PyTorch: `conv2d.weight`.
  package let name: String
  /// Its shape in PyTorch.
  package let shape: [Int]
  /// The lengths of the axes that the graph's numbers are cut into before they change places.
  package let axes: [Int]
  /// The axis of the graph's numbers that each of PyTorch's axes is.
  package let order: [Int]

  /// The graph's `tensor` in PyTorch's order.
  package func arranged(_ tensor: Tensor) -> Tensor {
    let moved = Tensor(shape: axes, values: tensor.values).transposed(order)
    return Tensor(shape: shape, values: moved.values)
  }

  /// What `arranged` made of a tensor of `original` shape: `tensor`, in the graph's order again.
  package func restored(_ tensor: Tensor, to original: [Int]) -> Tensor {
    var back = order
    for (place, axis) in order.enumerated() { back[axis] = place }
    let moved = Tensor(shape: order.map { axes[$0] }, values: tensor.values).transposed(back)
    return Tensor(shape: original, values: moved.values)
  }
}

extension Graph {
  /// The name of the PyTorch module that has the parameters of node `number`.
  ///
  /// It is the layer's, unless the layer has several nodes with parameters: then those are its parts
  /// `LAYER.depthwise`, `LAYER.pointwise` and, for a PReLU behind other parameters, `LAYER.activation`. No layer's
  /// name has a dot, so that no two modules share a name.
  package func pyTorchModule(of number: Int) -> String {
    let node = nodes[number]
    let isAlone = !nodes.indices.contains {
      $0 != number && nodes[$0].layer == node.layer && !nodes[$0].parameters.isEmpty
    }
    if isAlone { return node.layer }
    if case .prelu = node.operation { return node.layer + ".activation" }
    return switch node.parameters.first?.name {
    case "depthwise_kernel": node.layer + ".depthwise"
    case "pointwise_kernel": node.layer + ".pointwise"
    default: node.layer
    }
  }

  /// The layouts of the parameters of node `number`, in the node's order.
  ///
  /// A convolution's `weight` is [filters, channels ÷ groups, height, width], a dense layer's [units, inputs]. The inputs
  /// of a dense layer are in the order of PyTorch's own `nn.Flatten`, if they may be; see `hasOwnOrder`.
  package func channelsFirstLayouts(of number: Int) -> [ChannelsFirstLayout] {
    nodes[number].parameters.map { layout(of: $0, number) }
  }

  private func layout(of parameter: Parameter, _ number: Int) -> ChannelsFirstLayout {
    let node = nodes[number]
    var (shape, axes) = (parameter.shape, parameter.shape)
    var order = Array(axes.indices)
    switch node.operation {
    case .convolution2D(let filters, let window, let groups, _) where parameter.role == .kernel:
      // A depthwise kernel has the shape [height, width, channels, multiplier], but the same numbers in this order.
      axes = [window.size.x, window.size.y, nodes[node.inputs[0]].shape.channels / groups, filters]
      order = [3, 2, 0, 1]
      shape = order.map { axes[$0] }
    case .dense(let units, _) where parameter.role == .kernel:
      let image = imageFlattenedChannelsFirst(into: number)
      axes = (image?.lengths ?? [parameter.shape[0]]) + [units]
      order = image == nil ? [1, 0] : [3, 2, 0, 1]
      shape = [units, parameter.shape[0]]
    case .prelu(let isShared) where axes.count == 3:
      order = [2, 0, 1]
      shape = isShared.rows && isShared.columns ? [axes[2]] : order.map { axes[$0] }
    // One axis, or no parameter at all.
    case .convolution2D, .dense, .prelu, .batchNormalization, .groupNormalization,
      .layerNormalization, .input, .pooling2D, .flatten, .reshape, .zeroPadding2D, .cropping2D,
      .upSampling2D,
      .dropout, .gaussianDropout, .alphaDropout, .gaussianNoise, .rescaling, .activation,
      .combination,
      .concatenation:
      break
    }
    return ChannelsFirstLayout(
      parameter: node.fullName(of: parameter),
      name: "\(pyTorchModule(of: number)).\(parameter.pyTorchName)", shape: shape, axes: axes,
      order: order)
  }
}

extension Operation {
  /// The settings of a normalization; nil for other operations.
  package var normalization: NormalizationSettings? {
    switch self {
    case .batchNormalization(let settings, _), .groupNormalization(let settings, _),
      .layerNormalization(let settings):
      settings
    case .input, .convolution2D, .pooling2D, .flatten, .reshape, .zeroPadding2D, .cropping2D,
      .upSampling2D,
      .dense, .dropout, .gaussianDropout, .alphaDropout, .gaussianNoise, .rescaling, .activation,
      .prelu,
      .combination, .concatenation:
      nil
    }
  }
}

extension Parameter {
  /// The last part of its name in PyTorch.
  fileprivate var pyTorchName: String {
    switch (role, name) {
    case (.kernel, _), (.slope, _), (.normalization, "gamma"): "weight"
    case (.bias, _), (.normalization, _): "bias"
    case (.statistic, "moving_mean"): "running_mean"
    case (.statistic, _): "running_var"
    }
  }
}
