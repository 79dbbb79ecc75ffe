internal import CKernels
import Tensors

/// A convolution of a lane of images with few channels, and what follows it; see `narrow.h`.
struct NarrowConvolution: Equatable, Sendable {
  let convolution: OwnConvolution
  /// The size of the kernel, and the steps between its windows.
  let window: Window
  /// Floats from one pixel of the input to the next.
  let inputStep: Int
  /// The activation and the pooling that follow; nil if there is none.
  let activation: ActivationFunction?
  let pooling: Operation.Pooling?

  /// It as the kernels take it.
  var layer: exp_narrow {
    let followedBy =
      switch pooling {
      case .max: EXP_MAXIMUM
      case .average: EXP_MEAN
      case nil: EXP_UNPOOLED
      }
    return exp_narrow(
      convolution: convolution.shape, size: (Int64(window.size.x), Int64(window.size.y)),
      strides: (Int64(window.strides.x), Int64(window.strides.y)), input_step: Int64(inputStep),
      activation: activation == .tanh ? EXP_HYPERBOLIC_TANGENT : EXP_RECTIFIER,
      slope: activation?.slopeBelowZero ?? 1, pooling: followedBy)
  }

  /// Floats of working memory for the result, and for the gradients.
  var forwardRoom: Int { withUnsafePointer(to: layer) { Int(exp_narrow_forward_room($0)) } }
  var backwardRoom: Int { withUnsafePointer(to: layer) { Int(exp_narrow_backward_room($0)) } }
}
