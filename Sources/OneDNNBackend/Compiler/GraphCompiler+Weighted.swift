internal import CKernels
internal import COneDNN
import Tensors

/// An operation with a learned kernel and, mostly, a bias: a convolution or a dense layer.
struct WeightedOperation {
  /// The kernel's lengths in oneDNN's order: outputs first.
  let dimensions: [Int]
  /// The order in which the kernel is loaded and saved.
  let order: exp_order
  /// For a large dense kernel: the rows that its gradient is computed from over the whole batch.
  var batchRows: BatchRows.Size?
  /// The precision of products: the type that input and kernel are read as, and the gradient of the result.
  let precision: Precision
  /// The layouts in which the operation wants its input and would give its result.
  let source: Layout
  let destination: Layout
  /// The layouts in which it would give the gradient of its input and wants that of its result; nil if these lie as
  /// input and result do.
  let gradients: (source: Layout, destination: Layout)?
  /// Makes one of its primitives. The layouts are those of input, kernel, bias and result; `forward` is the
  /// forward primitive, for the gradients.
  let make:
    (
      _ direction: exp_direction, _ source: Layout, _ weights: Layout, _ bias: Layout?,
      _ destination: Layout, _ fused: exp_function, _ forward: Kernel?
    ) throws -> Kernel

  /// The primitive for one of the gradients. That of the kernel is always float32.
  func makeGradient(_ direction: exp_direction, after forward: Kernel) throws -> Kernel {
    let isOfKernel = direction == EXP_BACKWARD_WEIGHTS
    return try make(
      direction,
      isOfKernel ? forward.layout(EXP_SOURCE) : gradients?.source ?? forward.layout(EXP_SOURCE),
      Layout(dimensions, EXP_ORDER_ANY, isOfKernel ? .float32 : precision), nil,
      gradients?.destination ?? forward.layout(EXP_DESTINATION), .identity, forward)
  }
}

extension GraphCompiler {
  /// Going back, a lane's share of the gradient of node `number`'s bias. The library's kernels could sum it up on the way,
  /// but do so in plain loops.
  private func emitBiasGradient(of number: Int, _ bias: Int, _ gradient: Int) throws {
    let (source, lying) = try channelwise(number, gradient, in: \.backward)
    let count = shape(of: number).channels
    let sums = buffer(try Layout([Int(lying.blocks * lying.width)], EXP_ORDER_VECTOR))
    backward.append(
      [.buffer(source), .buffer(sums), .gradient(bias)], as: .biasGradient
    ) { floats, _ in
      exp_channel_sums(floats[0], lying, floats[1])
      floats[2].update(from: floats[1], count: count)
    }
  }

  /// Emits `operation` for node `number`: the result and, going back, the gradients of kernel, bias and input.
  func emit(_ operation: WeightedOperation, _ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let anyKernel = try Layout(operation.dimensions, EXP_ORDER_ANY, operation.precision)
    let biasLayout = try node.parameters.dropFirst().first.map {
      try Layout($0.shape, EXP_ORDER_VECTOR)
    }
    let kernel = try operation.make(
      EXP_FORWARD, operation.source, anyKernel, biasLayout,
      operation.destination, fusedFunction(after: number), nil)
    let source = try reordered(
      value(of: input).buffer, to: kernel.layout(EXP_SOURCE), for: node.layer)
    let destination = buffer(try kernel.layout(EXP_DESTINATION))
    setValue(of: number, to: destination, as: shape(of: number))

    let isLearned = isTraining && node.parameters.contains(where: \.isLearned)
    let weightsGradient =
      isLearned && operation.batchRows == nil
      ? try operation.makeGradient(EXP_BACKWARD_WEIGHTS, after: kernel) : nil
    let canonical = try Layout(operation.dimensions, operation.order)
    let weights = addParameter(node.parameters[0], of: number, canonical: canonical)
    if let weightsGradient {
      setParameterGradient(of: weights, try weightsGradient.layout(EXP_WEIGHTS_GRADIENT))
    } else if isLearned, let size = operation.batchRows {
      setParameterGradient(of: weights, overBatch: size)
    }
    // Kernels may read another precision, but this is where the parameter itself is.
    if !isLearned, operation.precision != .float32 { _ = place(of: weights, in: canonical) }
    let bias = biasLayout.map { addParameter(node.parameters[1], of: number, canonical: $0) }
    if isLearned, let bias, let biasLayout { setParameterGradient(of: bias, biasLayout) }

    var arguments: [(role: exp_role, place: Place)] = [
      (EXP_SOURCE, .buffer(source)),
      (EXP_WEIGHTS, place(of: weights, in: try kernel.layout(EXP_WEIGHTS))),
      (EXP_DESTINATION, .buffer(destination)),
    ]
    if let bias, let biasLayout { arguments.append((EXP_BIAS, place(of: bias, in: biasLayout))) }
    forward.append(kernel, arguments)

    return { [self] in
      let gradient = gradient(of: number)
      // Both kernels mostly take it in the same layout.
      var reorderedGradient = gradient
      func taken(by kernel: Kernel) throws -> Place {
        reorderedGradient = try reordered(
          reorderedGradient, to: kernel.layout(EXP_DESTINATION_GRADIENT), for: node.layer,
          in: \.backward)
        return .buffer(reorderedGradient)
      }
      if let weightsGradient {
        let resultGradient = try taken(by: weightsGradient)
        backward.append(
          weightsGradient,
          [
            (EXP_SOURCE, .buffer(source)), (EXP_DESTINATION_GRADIENT, resultGradient),
            (EXP_WEIGHTS_GRADIENT, .gradient(weights)),
          ])
      } else if isLearned {
        try emitBatchRows(of: number, weights, gradient)
      }
      if isLearned, let bias { try emitBiasGradient(of: number, bias, gradient) }
      guard needsGradient(input) else { return }
      let dataGradient = try operation.makeGradient(EXP_BACKWARD_DATA, after: kernel)
      let resultGradient = try taken(by: dataGradient)
      try addGradient(of: input, in: dataGradient.layout(EXP_SOURCE_GRADIENT)) { target in
        backward.append(
          dataGradient,
          [
            (EXP_SOURCE_GRADIENT, .buffer(target)),
            (EXP_WEIGHTS, place(of: weights, in: try dataGradient.layout(EXP_WEIGHTS))),
            (EXP_DESTINATION_GRADIENT, resultGradient),
          ])
      }
    }
  }
}
