internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitConvolution(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let inputShape = graph.nodes[node.inputs[0]].shape
    let shape = window.exp(over: inputShape)
    let kernel = node.parameters[0].shape  // height, width, inputs, outputs
    return try emit(
      WeightedOperation(
        dimensions: [kernel[3], kernel[2], kernel[0], kernel[1]], order: EXP_ORDER_KERNEL,
        source: .any(inputShape, count: laneSize), destination: .any(node.shape, count: laneSize),
        make: { pass, source, weights, bias, destination, fused, forward in
          try Kernel("convolution", for: node.layer) { made in
            withUnsafePointer(to: shape) {
              exp_convolution_create(
                made, pass, source.handle, weights.handle, bias?.handle, destination.handle, $0,
                fused, forward?.handle)
            }
          }
        }), number)
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
