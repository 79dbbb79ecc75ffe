import Tensors

/// Rows and columns around an image for a window that slides over it.
struct WindowPadding {
  let before: SIMD2<Int>
  let after: SIMD2<Int>

  init(_ window: Window, of shape: ImageShape) {
    before = window.paddingBefore(shape.size)
    after = window.paddingAfter(shape.size)
  }

  var isSymmetric: Bool { before == after }
  var isNone: Bool { before == .zero && after == .zero }
}
