internal import CKernels
internal import COneDNN
import Tensors

/// A convolution of a lane of images by kernels of our own for this CPU; see `winograd.h` and `narrow.h`.
struct OwnConvolution: Equatable, Sendable {
  private let images: Int
  private let source: ImageShape
  private let result: ImageShape
  private let size: SIMD2<Int>
  private let strides: SIMD2<Int>
  private let paddingBefore: SIMD2<Int>
  private let instructions: exp_instructions

  init(
    images: Int, source: ImageShape, result: ImageShape, window: Window, paddingBefore: SIMD2<Int>,
    instructions: exp_instructions = exp_vector_instructions()
  ) {
    self.images = images
    self.source = source
    self.result = result
    size = window.size
    strides = window.strides
    self.paddingBefore = paddingBefore
    self.instructions = instructions
  }

  /// It as the kernels take it.
  var shape: exp_convolution {
    exp_convolution(
      instructions: instructions, images: Int64(images),
      channels: (Int64(source.channels), Int64(result.channels)),
      rows: (Int64(source.height), Int64(result.height)),
      columns: (Int64(source.width), Int64(result.width)),
      size: (Int64(size.x), Int64(size.y)), strides: (Int64(strides.x), Int64(strides.y)),
      before: (Int64(paddingBefore.x), Int64(paddingBefore.y)))
  }

  /// The name of the kernels for `algorithm`, in the library's manner.
  func name(_ algorithm: String) -> String {
    switch instructions {
    case EXP_AVX512: "\(algorithm):avx512"
    case EXP_AVX2: "\(algorithm):avx2"
    default: algorithm
    }
  }

  /// The layout of activations of `shape`.
  func layout(_ shape: ImageShape) throws -> Layout {
    let width = exp_convolution_width(instructions)
    return try .images(
      shape, count: images, width == 16 ? EXP_ORDER_BLOCKS_OF_16 : EXP_ORDER_BLOCKS_OF_8)
  }

  /// The layout of the winners of a pooling whose result lies in `layout`: four in the place of a float.
  func winnersLayout(of layout: Layout) throws -> Layout {
    try Layout([(layout.floatCount + 3) / 4], EXP_ORDER_VECTOR)
  }
}
