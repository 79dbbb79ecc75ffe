import Tensors

/// Steps of a graph that are one layer in Keras.
struct KerasGroup {
  private(set) var steps: [GraphStep]

  /// All as one step.
  var whole: GraphStep {
    GraphStep(
      meaning: steps[0].meaning, layer: steps[0].layer, first: steps[0].first,
      inputs: steps[0].inputs, result: steps[steps.count - 1].result)
  }

  /// True for a convolution of each channel and one of all channels behind it.
  var isSeparable: Bool { steps.count > 1 && steps[1].activation == nil }

  /// The name of the activation that belongs to the layer.
  var activation: String? { steps.count > 1 ? steps[steps.count - 1].activation : nil }

  /// A word for it as a part of the layer that the graph has.
  var part: String {
    switch whole.meaning {
    case .operation(.convolution2D): "pointwise"
    case .operation(.activation), .operation(.prelu), .selu: "activation"
    case .operation(.rescaling): "scale"
    default: "part"
    }
  }

  fileprivate init(_ step: GraphStep) { steps = [step] }

  fileprivate mutating func append(_ step: GraphStep) { steps.append(step) }
}

extension Graph {
  /// The groups of all steps; with `isLastSoftmaxAlone`, the last softmax is a layer of its own.
  func kerasGroups(isLastSoftmaxAlone: Bool) -> [KerasGroup] {
    let (steps, takers) = (steps, takers)
    var groups: [KerasGroup] = []
    for step in steps {
      let last = groups.count - 1
      let isKeptAlone = isLastSoftmaxAlone && step.result == nodes.count - 1
      if last >= 0, !isKeptAlone, takers[groups[last].whole.result] == [step.first],
        groups[last].whole.layer == step.layer, joins(step, to: groups[last])
      {
        groups[last].append(step)
      } else {
        groups.append(KerasGroup(step))
      }
    }
    return groups
  }

  private func joins(_ step: GraphStep, to group: KerasGroup) -> Bool {
    let first = nodes[group.whole.first]
    guard group.activation == nil else { return false }
    switch first.operation {
    case .dense: return step.activation != nil
    case .convolution2D(_, let window, _, _) where strides(of: first, window) == nil:
      let isSeparable =
        first.parameters[0].name == "depthwise_kernel"
        && nodes[step.first].parameters.first?.name == "pointwise_kernel"
      return isSeparable || step.activation != nil
    default: return false
    }
  }

  /// The strides of `window` if Keras's layer for the convolution `node` does not take them on each of its backends:
  /// none has strides beside dilation, and TensorFlow's depthwise convolution no two different ones.
  func strides(of node: Node, _ window: Window) -> SIMD2<Int>? {
    let isDilated = window.dilation != [1, 1] && window.strides != [1, 1]
    let isUneven = isDepthwise(node) && window.strides.x != window.strides.y
    return isDilated || isUneven ? window.strides : nil
  }

  /// Whether the convolution `node` has the kernel of a depthwise one.
  func isDepthwise(_ node: Node) -> Bool {
    guard case .convolution2D(_, _, let groups, _) = node.operation else { return false }
    // Keras's other kernels have the channels of one group there.
    let channels = nodes[node.inputs[0]].shape.channels
    return groups > 1 && groups == channels && node.parameters[0].shape[2] == channels
  }
}

extension GraphStep {
  /// Keras's name for an activation that is a function without settings.
  var activation: String? {
    switch meaning {
    case .selu: "selu"
    case .operation(.activation(let function)): function.kerasName
    default: nil
    }
  }
}

extension ActivationFunction {
  fileprivate var kerasName: String? {
    switch self {
    case .relu: "relu"
    case .elu(alpha: 1): "elu"
    case .gelu: "gelu"
    case .silu: "silu"
    case .hardSwish: "hard_silu"
    case .softplus: "softplus"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softmax: "softmax"
    case .elu, .leakyReLU: nil
    }
  }
}
