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
  /// How the operation wants its input, and how it would give its result.
  let source: Layout
  let destination: Layout
  /// Makes one of its primitives. The layouts are those of input, kernel, bias and result; `forward` is the
  /// forward primitive, for the gradients.
  let make:
    (
      _ pass: exp_pass, _ source: Layout, _ weights: Layout, _ bias: Layout?,
      _ destination: Layout, _ fused: exp_function, _ forward: Kernel?
    ) throws -> Kernel
}

extension GraphCompiler {
  /// Emits `operation` for node `number`: the result and, going back, the gradients of kernel, bias and input.
  func emit(_ operation: WeightedOperation, _ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let anyKernel = try Layout(operation.dimensions, EXP_ORDER_ANY)
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

    func makeGradient(_ pass: exp_pass) throws -> Kernel {
      try operation.make(
        pass, layout(source), anyKernel, biasLayout, layout(destination), .identity, kernel)
    }

    let isLearned = isTraining && node.parameters.contains(where: \.isLearned)
    let weightsGradient =
      isLearned && operation.batchRows == nil ? try makeGradient(EXP_BACKWARD_WEIGHTS) : nil
    let weights = addParameter(
      node.parameters[0], of: number,
      canonical: try Layout(operation.dimensions, operation.order))
    if let weightsGradient {
      setParameterGradient(of: weights, try weightsGradient.layout(EXP_WEIGHTS_GRADIENT))
    } else if isLearned, let size = operation.batchRows {
      setParameterGradient(of: weights, overBatch: size)
    }
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
      if let weightsGradient {
        var arguments: [(role: exp_role, place: Place)] = [
          (EXP_SOURCE, .buffer(source)), (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
          (EXP_WEIGHTS_GRADIENT, .gradient(weights)),
        ]
        if let bias { arguments.append((EXP_BIAS_GRADIENT, .gradient(bias))) }
        backward.append(weightsGradient, arguments)
      } else if isLearned, let size = operation.batchRows {
        try emitBatchRows(size, of: number, weights, bias, gradient)
      }
      guard needsGradient(input) else { return }
      let dataGradient = try makeGradient(EXP_BACKWARD_DATA)
      try addGradient(of: input, in: layout(source)) { target in
        backward.append(
          dataGradient,
          [
            (EXP_SOURCE_GRADIENT, .buffer(target)),
            (EXP_WEIGHTS, place(of: weights, in: try dataGradient.layout(EXP_WEIGHTS))),
            (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
          ])
      }
    }
  }
}
