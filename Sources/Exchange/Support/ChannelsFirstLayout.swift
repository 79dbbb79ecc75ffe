import Tensors

/// A parameter as PyTorch has it: its name in a `state_dict`, and the order of its numbers.
package struct PyTorchLayout: Sendable {
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
}

/// The weights of `model` in PyTorch's layouts and names.
///
/// A convolution's `weight` is [filters, channels ÷ groups, height, width], a dense layer's [units, inputs]. Where
/// `Graph.flattensChannelsFirst` holds, the inputs of a dense layer are in the order of PyTorch's own `nn.Flatten`.
/// PyTorch's normalizations have both `weight` and `bias` or neither: if the graph has only one of them, the other is
/// written as ones or zeros.
package func pyTorchTensors(of model: ExportedModel) -> NamedTensors {
  let tensors = Dictionary(
    uniqueKeysWithValues: model.parameters.entries.map { ($0.name, $0.tensor) })
  var result = NamedTensors()
  for (number, node) in model.graph.nodes.enumerated() {
    let module = model.graph.pyTorchModule(of: number)
    for layout in model.graph.pyTorchLayouts(of: number) {
      guard let tensor = tensors[layout.parameter] else {
        preconditionFailure("'\(layout.parameter)' is missing")
      }
      result.entries.append(.init(name: layout.name, tensor: layout.arranged(tensor)))
    }
    guard let settings = node.operation.normalization, settings.center != settings.scale else {
      continue
    }
    let channels = node.shape.channels
    result.entries.append(
      .init(
        name: module + (settings.center ? ".weight" : ".bias"),
        tensor: Tensor(
          shape: [channels],
          values: [Float](repeating: settings.center ? 1 : 0, count: channels))))
  }
  return result
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
  package func pyTorchLayouts(of number: Int) -> [PyTorchLayout] {
    nodes[number].parameters.map { layout(of: $0, number) }
  }

  private func layout(of parameter: Parameter, _ number: Int) -> PyTorchLayout {
    let node = nodes[number]
    var (shape, axes) = (parameter.shape, parameter.shape)
    var order = Array(axes.indices)
    switch (node.operation, parameter.role) {
    case (.convolution2D(let filters, let window, let groups, _), .kernel):
      // A depthwise kernel has the shape [height, width, channels, multiplier], but the same numbers in this order.
      axes = [window.size.x, window.size.y, nodes[node.inputs[0]].shape.channels / groups, filters]
      order = [3, 2, 0, 1]
      shape = order.map { axes[$0] }
    case (.dense(let units, _), .kernel):
      let image = flattenedChannelsFirst(into: number)
      axes = (image?.lengths ?? [parameter.shape[0]]) + [units]
      order = image == nil ? [1, 0] : [3, 2, 0, 1]
      shape = [units, parameter.shape[0]]
    case (.prelu(let isShared), _) where axes.count == 3:
      order = [2, 0, 1]
      shape = isShared.rows && isShared.columns ? [axes[2]] : order.map { axes[$0] }
    default: break
    }
    return PyTorchLayout(
      parameter: node.fullName(of: parameter),
      name: "\(pyTorchModule(of: number)).\(parameter.pyTorchName)", shape: shape, axes: axes,
      order: order)
  }

  /// Whether node `number`, which makes a vector of an image, may make it in the order channels, height, width, in
  /// which PyTorch and ONNX have images: only dense layers take it, whose kernels are then in that order too.
  /// Otherwise the vector has to keep the order height, width, channels, which a transposition before it makes.
  package func flattensChannelsFirst(_ number: Int) -> Bool {
    guard nodes[number].shape.isFlat, let input = nodes[number].inputs.first,
      !nodes[input].shape.isFlat
    else { return false }
    switch nodes[number].operation {
    case .flatten, .reshape: return onlyDenseLayersTake(number)
    default: return false
    }
  }

  private func onlyDenseLayersTake(_ number: Int) -> Bool {
    let takers = nodes.indices.filter { nodes[$0].inputs.contains(number) }
    return !takers.isEmpty
      && takers.allSatisfy { taker in
        if case .dense = nodes[taker].operation { return true }
        return nodes[taker].operation.takesEachValueAlone && onlyDenseLayersTake(taker)
      }
  }

  /// The image of which the inputs of the dense node `number` are the values, if they are in the order of
  /// `flattensChannelsFirst`.
  private func flattenedChannelsFirst(into number: Int) -> ImageShape? {
    var source = nodes[number].inputs[0]
    while nodes[source].operation.takesEachValueAlone { source = nodes[source].inputs[0] }
    return flattensChannelsFirst(source) ? nodes[nodes[source].inputs[0]].shape : nil
  }
}

extension Operation {
  /// Whether it does the same with each value, wherever it stands.
  fileprivate var takesEachValueAlone: Bool {
    switch self {
    case .activation(let function): function != .softmax
    case .dropout, .gaussianNoise, .rescaling: true
    default: false
    }
  }

  /// The settings of a normalization; nil for other operations.
  var normalization: NormalizationSettings? {
    switch self {
    case .batchNormalization(let settings, _), .groupNormalization(let settings, _),
      .layerNormalization(let settings):
      settings
    default: nil
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
