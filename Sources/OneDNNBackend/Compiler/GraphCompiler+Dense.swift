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
    return try emit(
      WeightedOperation(
        dimensions: [outputs, shape.channels] + (shape.isFlat ? [] : [shape.height, shape.width]),
        order: shape.isFlat ? EXP_ORDER_TRANSPOSED : EXP_ORDER_KERNEL,
        source: layout(source.buffer), destination: .plain(node.shape, count: laneSize),
        make: { pass, source, weights, bias, destination, fused, forward in
          try Kernel("inner product", for: node.layer) {
            exp_dense_create(
              $0, pass, source.handle, weights.handle, bias?.handle, destination.handle, fused,
              forward?.handle)
          }
        }), number)
  }
}
