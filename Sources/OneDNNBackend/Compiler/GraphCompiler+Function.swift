internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A function of each value. If the kernel before it has computed it already, only its gradient remains.
  func emitFunction(_ number: Int, _ function: exp_function) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let source = value(of: input).buffer
    if activated.contains(number) {
      setValue(of: number, to: source, as: value(of: input).shape)
      return { [self] in giveGradient(of: input, in: gradient(of: number)) }
    }
    let isFused = fusedActivation(after: input) == number
    let kernel = try Kernel("activation", for: node.layer) {
      exp_activation_create($0, EXP_FORWARD, function, layout(source).handle, nil)
    }
    let destination = isFused ? source : buffer(layout(source))
    setValue(of: number, to: destination, as: value(of: input).shape)
    if function.kind == EXP_TANH {
      emitTanh(of: source, into: destination)
    } else if !isFused {
      forward.append(
        kernel, [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(destination))])
    }

    return { [self] in
      if masked.contains(number) {
        return giveGradient(of: input, in: gradient(of: number))
      }
      let backwardKernel = try Kernel("gradient of activation", for: node.layer) {
        exp_activation_create(
          $0, EXP_BACKWARD_DATA, function, layout(source).handle, kernel.handle)
      }
      let gradient = changeableGradient(of: number)
      backward.append(
        backwardKernel,
        [
          exp_function_uses_result(function.kind)
            ? (EXP_DESTINATION, .buffer(destination)) : (EXP_SOURCE, .buffer(source)),
          (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
          (EXP_SOURCE_GRADIENT, .buffer(gradient)),
        ])
      giveGradient(of: input, in: gradient)
    }
  }

  /// A routine of our own: the library's takes several times as long, fused into another kernel or not.
  private func emitTanh(of source: Int, into destination: Int) {
    let count = layout(source).floatCount
    if destination != source {
      forward.append([.buffer(source), .buffer(destination)]) { floats, _ in
        Elementwise.copy(floats[0], to: floats[1], count: count)
      }
    }
    forward.append([.buffer(destination)]) { floats, _ in
      Elementwise.tanh(floats[0], count: count)
    }
  }

  /// The function of each value, if that alone takes node `number`'s result, and its gradient doesn't need what went
  /// into it: then the node's own kernel computes it on the way.
  func fusedFunction(after number: Int) -> exp_function {
    guard let consumer = fusedActivation(after: number),
      case .activation(let function) = graph.nodes[consumer].operation
    else { return .identity }
    // This one is computed in place by a routine of our own.
    return function == .tanh ? .identity : function.libraryFunction
  }

  /// The activation that node `number` computes on the way, in the same place; nil if there is none.
  func fusedActivation(after number: Int) -> Int? {
    guard let consumer = onlyConsumer(of: number),
      case .activation(let function) = graph.nodes[consumer].operation
    else { return nil }
    let isFused =
      switch graph.nodes[number].operation {
      case .convolution2D where isOwn(number):
        function.slopeBelowZero != nil || function == .tanh
      case .convolution2D, .dense:
        function != .softmax && exp_function_uses_result(function.libraryFunction.kind)
      case .batchNormalization: function == .relu && isOn(.rectifiedNormalization)
      case .combination: function == .relu && isFusedSum(number)
      default: false
      }
    return isFused ? consumer : nil
  }
}

extension exp_function {
  static let identity = exp_function(EXP_IDENTITY)

  fileprivate init(_ kind: exp_function_kind, alpha: Float = 0, beta: Float = 0) {
    self.init(kind: kind, alpha: alpha, beta: beta)
  }
}

extension ActivationFunction {
  /// The function as the library takes it.
  var libraryFunction: exp_function {
    switch self {
    case .relu: exp_function(EXP_RELU)
    case .boundedReLU(let maximum): exp_function(EXP_CLIP, alpha: 0, beta: maximum)
    case .leakyReLU(let slope): exp_function(EXP_RELU, alpha: slope)
    case .elu(let alpha): exp_function(EXP_ELU, alpha: alpha)
    case .gelu: exp_function(EXP_GELU)
    case .silu: exp_function(EXP_SILU)
    case .hardSwish: exp_function(EXP_HARD_SWISH)
    case .mish: exp_function(EXP_MISH)
    case .softplus: exp_function(EXP_SOFTPLUS)
    case .tanh: exp_function(EXP_TANH)
    case .sigmoid: exp_function(EXP_SIGMOID)
    case .softmax: preconditionFailure("softmax is no function of each value")
    }
  }
}
