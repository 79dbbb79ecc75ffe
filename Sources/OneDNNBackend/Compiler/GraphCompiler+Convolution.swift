internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitConvolution(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let inputShape = graph.nodes[input].shape
    let shape = window.exp(over: inputShape)
    let kernelShape = node.parameters[0].shape  // height, width, inputs, outputs
    let dimensions = [kernelShape[3], kernelShape[2], kernelShape[0], kernelShape[1]]
    let anyKernel = try Layout(dimensions, EXP_ORDER_ANY)
    let bias = try node.parameters.dropFirst().first.map { try Layout($0.shape, EXP_ORDER_VECTOR) }

    func make(
      _ pass: exp_pass, _ source: Layout, _ destination: Layout, after forward: Kernel? = nil
    ) throws -> Kernel {
      let fused = forward == nil ? fusedFunction(after: number) : EXP_IDENTITY
      return try Kernel("convolution", for: node.layer) { made in
        withUnsafePointer(to: shape) {
          exp_convolution_create(
            made, pass, source.handle, anyKernel.handle, bias?.handle, destination.handle, $0,
            fused, forward?.handle)
        }
      }
    }

    let kernel = try make(
      isTraining ? EXP_FORWARD : EXP_FORWARD_INFERENCE, .any(inputShape, count: laneSize),
      .any(node.shape, count: laneSize))
    let source = try reordered(
      value(of: input).buffer, to: kernel.layout(EXP_SOURCE), for: node.layer)
    let destination = buffer(try kernel.layout(EXP_DESTINATION))
    setValue(of: number, to: destination, as: node.shape)

    let weightsGradient: Kernel? =
      isTraining
      ? try make(EXP_BACKWARD_WEIGHTS, layout(source), layout(destination), after: kernel) : nil
    let learned = try weightsGradient?.layout(EXP_WEIGHTS_GRADIENT)
    let (weights, biasNumber) = try addParameters(
      of: number, canonical: Layout(dimensions, EXP_ORDER_KERNEL), learned: learned, bias: bias)

    forward.append(
      .kernel(
        kernel,
        [
          (EXP_SOURCE, .buffer(source)),
          (EXP_WEIGHTS, place(of: weights, in: try kernel.layout(EXP_WEIGHTS))),
          (EXP_DESTINATION, .buffer(destination)),
        ] + (biasNumber.map { [(EXP_BIAS, Place.parameter($0, copy: 0))] } ?? [])))

    return { [self] in
      guard let weightsGradient else { preconditionFailure("backward of an inference program") }
      let gradient = gradient(of: number)
      backward.append(
        .kernel(
          weightsGradient,
          [
            (EXP_SOURCE, .buffer(source)), (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
            (EXP_WEIGHTS_GRADIENT, .gradient(weights)),
          ] + (biasNumber.map { [(EXP_BIAS_GRADIENT, Place.gradient($0))] } ?? [])))
      guard needsGradient(input) else { return }
      let dataGradient = try make(
        EXP_BACKWARD_DATA, layout(source), layout(destination), after: kernel)
      let target = makeGradient(of: input)
      let direct = layout(target) == layout(source) ? target : buffer(layout(source))
      backward.append(
        .kernel(
          dataGradient,
          [
            (EXP_SOURCE_GRADIENT, .buffer(direct)),
            (EXP_WEIGHTS, place(of: weights, in: try dataGradient.layout(EXP_WEIGHTS))),
            (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
          ]))
      if direct != target {
        backward.append(try reorder(direct, into: target, for: node.layer))
      }
    }
  }

  /// Makes the kernel and, if there is one, the bias of node `number` known, and returns their numbers.
  ///
  /// - Parameter learned: the layout of the kernel's gradient, in which it is then learned too.
  func addParameters(
    of number: Int, canonical: Layout, learned: Layout?, bias: Layout?
  ) throws -> (kernel: Int, bias: Int?) {
    let node = graph.nodes[number]
    let kernel = addParameter(node.parameters[0], of: number, canonical: canonical)
    if let learned { _ = place(of: kernel, in: learned) }
    guard let bias else { return (kernel, nil) }
    let biasNumber = addParameter(node.parameters[1], of: number, canonical: bias)
    _ = place(of: biasNumber, in: bias)
    return (kernel, biasNumber)
  }

  /// The function of each value that the only consumer of node `number` computes, so that the node's own kernel
  /// can do it on the way.
  func fusedFunction(after number: Int) -> exp_function {
    let next = number + 1
    guard next < graph.nodes.count, graph.nodes[next].inputs == [number],
      case .activation(let function) = graph.nodes[next].operation
    else { return EXP_IDENTITY }
    return function.exp ?? EXP_IDENTITY
  }
}

extension Window {
  /// The window over images of `shape`, as the library takes it.
  func exp(over shape: ImageShape) -> exp_window {
    let lengths = SIMD2(shape.height, shape.width)
    let (before, after) = (paddingBefore(lengths), paddingAfter(lengths))
    return exp_window(
      size: (Int64(size.x), Int64(size.y)), strides: (Int64(strides.x), Int64(strides.y)),
      padding_before: (Int64(before.x), Int64(before.y)),
      padding_after: (Int64(after.x), Int64(after.y)))
  }
}

extension ActivationFunction {
  /// The function as the library names it; nil for softmax, which is not one of each value.
  var exp: exp_function? {
    switch self {
    case .relu: EXP_RELU
    case .tanh: EXP_TANH
    case .sigmoid: EXP_SIGMOID
    case .softmax: nil
    }
  }
}
