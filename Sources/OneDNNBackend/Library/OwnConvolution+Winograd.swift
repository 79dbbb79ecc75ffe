internal import CKernels

extension OwnConvolution {
  /// Floats of working memory for Winograd's result and gradients.
  var forwardRoom: Int { withUnsafePointer(to: shape) { Int(exp_winograd_forward_room($0)) } }
  var backwardRoom: Int { withUnsafePointer(to: shape) { Int(exp_winograd_backward_room($0)) } }
}

/// The transformation of a convolution's kernel, in parts that workers may share.
struct WinogradKernel: Equatable, Sendable {
  let convolution: OwnConvolution
  /// True for the gradient of the input.
  let isTransposed: Bool

  /// Floats of the transformed kernel.
  var floatCount: Int {
    withUnsafePointer(to: convolution.shape) {
      Int(isTransposed ? exp_winograd_transposed_size($0) : exp_winograd_kernel_size($0))
    }
  }

  /// Parts of the input's channels, a block each.
  var parts: [Range<Int>] {
    let count = Int(convolution.shape.channels.0)
    let width = Int(exp_convolution_width(convolution.shape.instructions))
    return stride(from: 0, to: count, by: width).map { $0..<min($0 + width, count) }
  }

  /// Puts the transformed `part` of `kernel`, which is in the order in which it is saved, into `result`.
  func transform(
    _ part: Range<Int>, of kernel: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: convolution.shape) {
      exp_winograd_transform_kernel(
        $0, kernel, Int64(part.lowerBound), Int64(part.upperBound), isTransposed, result)
    }
  }
}
