internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A dense layer after a flatten takes the image as it lies: its kernel [inputs, units] is then one of height ×
  /// width × channels → units, whose rows stand in just the order that Keras's flatten gives.
  func emitDense(_ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let source = value(of: node.inputs[0])
    let shape = source.shape
    let outputs = node.shape.channels
    let precision = graph.precision
    func rows(_ shape: ImageShape) throws -> Layout {
      try Layout([laneSize, shape.channels], EXP_ORDER_ROWS, precision)
    }
    return try emit(
      WeightedOperation(
        dimensions: [outputs, shape.channels] + (shape.isFlat ? [] : [shape.height, shape.width]),
        order: shape.isFlat ? EXP_ORDER_TRANSPOSED : EXP_ORDER_KERNEL,
        batchRows: node.parameters[0].count < Self.largeKernel
          ? nil : .init(inputs: shape.elementCount, outputs: outputs),
        precision: precision,
        source: precision == .float32
          ? layout(source.buffer)
          : shape.isFlat
            ? rows(shape) : .images(shape, count: laneSize, EXP_ORDER_ANY, precision),
        destination: .plain(node.shape, count: laneSize),
        gradients: precision == .float32 ? nil : (layout(source.buffer), rows(node.shape)),
        make: { direction, source, weights, bias, destination, fused, forward in
          try Kernel("inner product", for: node.layer) {
            exp_dense_create(
              $0, direction, source.handle, weights.handle, bias?.handle, destination.handle, fused,
              forward?.handle)
          }
        }), number)
  }

  /// Weights from which on a gradient for each lane costs more than one for the batch.
  private static let largeKernel = 8192

  /// Going back, a lane leaves what the kernel's gradient is computed from.
  func emitBatchRows(of number: Int, _ weights: Int, _ gradient: Int) throws {
    let inputs = try plain(graph.nodes[number].inputs[0], in: \.backward)
    backward.append([.buffer(inputs), .buffer(gradient)], as: .weightsGradient) { floats, lane in
      lane.propagation.rows[weights]?.put(lane, inputs: floats[0], gradients: floats[1])
    }
  }
}
