import Tensors

/// Steps of a graph that are one layer in Keras.
struct KerasGroup {
  /// The kind of Keras layer that the steps make.
  enum Kind {
    case single
    /// A layer, and the function that Keras calls so on its results.
    case withActivation(String)
    /// A convolution of each channel and one of all channels behind it, and the function on their results, if any.
    case separable(activation: String?)
  }

  private(set) var kind = Kind.single
  /// All as one step.
  private(set) var whole: GraphStep

  var isSeparable: Bool { if case .separable = kind { true } else { false } }

  /// The name of the activation that belongs to the layer.
  var activation: String? {
    switch kind {
    case .single: nil
    case .withActivation(let name): name
    case .separable(let activation): activation
    }
  }

  /// A word for it as a part of the layer that the graph has.
  var part: String {
    switch whole.meaning {
    case .operation(.convolution2D): "pointwise"
    case .operation(.activation), .operation(.prelu), .selu, .hardSigmoid: "activation"
    case .operation(.rescaling): "scale"
    default: "part"
    }
  }

  fileprivate init(_ step: GraphStep) { whole = step }

  fileprivate mutating func append(_ step: GraphStep, making kind: Kind) {
    self.kind = kind
    whole = GraphStep(
      meaning: whole.meaning, layer: whole.layer, first: whole.first, inputs: whole.inputs,
      result: step.result)
  }
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
        groups[last].whole.layer == step.layer, let kind = kind(of: groups[last], with: step)
      {
        groups[last].append(step, making: kind)
      } else {
        groups.append(KerasGroup(step))
      }
    }
    return groups
  }

  /// The kind of layer that `group` and the `step` behind it make; nil if they are two layers.
  private func kind(of group: KerasGroup, with step: GraphStep) -> KerasGroup.Kind? {
    let first = nodes[group.whole.first]
    switch first.operation {
    case .dense: break
    case .convolution2D(_, let window, _, _) where strides(of: first, window) == nil: break
    default: return nil
    }
    switch group.kind {
    case .single
    where first.parameters[0].name == "depthwise_kernel"
      && nodes[step.first].parameters.first?.name == "pointwise_kernel":
      return .separable(activation: nil)
    case .single: return step.activation.map { .withActivation($0) }
    case .separable(activation: nil): return step.activation.map { .separable(activation: $0) }
    case .withActivation, .separable: return nil
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
    case .hardSigmoid: "hard_sigmoid"
    case .operation(.activation(let function)): function.kerasName
    default: nil
    }
  }
}

extension ActivationFunction {
  fileprivate var kerasName: String? {
    switch self {
    case .relu: "relu"
    case .boundedReLU(maximum: 6): "relu6"
    case .elu(alpha: 1): "elu"
    case .gelu: "gelu"
    case .silu: "silu"
    case .hardSwish: "hard_silu"
    case .mish: "mish"
    case .softplus: "softplus"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softmax: "softmax"
    case .boundedReLU, .elu, .leakyReLU: nil
    }
  }
}
