import Tensors

extension ImageShape {
  /// Height and width.
  var size: SIMD2<Int> { SIMD2(height, width) }

  /// The lengths in the order of PyTorch and ONNX.
  var channelsFirst: [Int] { isFlat ? [channels] : [channels, height, width] }

  /// Whether the numbers are in the same order with the channels first and last.
  var hasOneOrder: Bool { isFlat || channels == 1 || height * width == 1 }
}
