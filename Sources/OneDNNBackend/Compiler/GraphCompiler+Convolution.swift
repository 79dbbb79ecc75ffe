internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitConvolution(
    _ number: Int, _ window: Window, groups: Int
  ) throws -> BackwardEmitter {
    if isNarrow(number) { return try emitNarrow(number, window) }
    if isWinograd(number) { return try emitWinograd(number, window) }
    let node = graph.nodes[number]
    let (inputShape, resultShape) = (shape(of: node.inputs[0]), shape(of: number))
    let shape = libraryWindow(window, of: number)
    let dimensions =
      groups == 1
      ? [resultShape.channels, inputShape.channels]
      : [groups, resultShape.channels / groups, inputShape.channels / groups]
    func operation(_ order: exp_order, _ precision: Precision) throws -> WeightedOperation {
      WeightedOperation(
        dimensions: dimensions + [window.size.x, window.size.y],
        order: groups == 1 ? EXP_ORDER_KERNEL : EXP_ORDER_GROUPED_KERNEL,
        precision: precision,
        source: try .images(inputShape, count: laneSize, order, precision),
        destination: try .images(resultShape, count: laneSize, order),
        gradients: precision == .float32
          ? nil
          : (
            try .images(inputShape, count: laneSize, order),
            try .images(resultShape, count: laneSize, order, precision)
          ),
        make: { direction, source, weights, bias, destination, fused, forward in
          try Kernel("convolution", for: node.layer) { made in
            withUnsafePointer(to: shape) {
              exp_convolution_create(
                made, direction, source.handle, weights.handle, bias?.handle, destination.handle,
                $0, fused, forward?.handle)
            }
          }
        })
    }
    // For few input channels oneDNN likes an order for which it has only plain loops as gradients: with them a step
    // takes a hundred times as long. With AVX2 that holds for a single channel, and for channels last, too.
    // An inference program chooses likewise: it is to say the same to the bit.
    // A layer for which there is nothing faster in another precision is computed in float32.
    for precision in graph.precision == .float32 ? [.float32] : [graph.precision, .float32] {
      for order in [EXP_ORDER_ANY, EXP_ORDER_CHANNELS_LAST, EXP_ORDER_CHANNELS_FIRST] {
        let operation = try operation(order, precision)
        let isSlow: Bool
        do {
          isSlow = try hasPlainLoops(operation, number)
        } catch let error as OneDNNError where error.isUnimplemented && precision != .float32 {
          isSlow = true
        }
        if !isSlow { return try emit(operation, number) }
      }
    }
    return try emit(operation(EXP_ORDER_CHANNELS_LAST, .float32), number)
  }

  /// True if a gradient of `operation`, a convolution in any order, would be computed by plain loops.
  private func hasPlainLoops(_ operation: WeightedOperation, _ number: Int) throws -> Bool {
    let node = graph.nodes[number]
    let weights = try Layout(operation.dimensions, EXP_ORDER_ANY, operation.precision)
    let bias = try node.parameters.dropFirst().first.map { try Layout($0.shape, EXP_ORDER_VECTOR) }
    // With the fused function, which decides about the forward kernel, and that about layouts.
    let forward = try operation.make(
      EXP_FORWARD, operation.source, weights, bias, operation.destination,
      fusedFunction(after: number), nil)
    let directions =
      [EXP_BACKWARD_WEIGHTS] + (needsGradient(node.inputs[0]) ? [EXP_BACKWARD_DATA] : [])
    if operation.precision != .float32, forward.name.hasPrefix("ref") { return true }
    return try directions.contains { direction in
      try operation.makeGradient(direction, after: forward).name.hasPrefix("ref")
    }
  }
}
