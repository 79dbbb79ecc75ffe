/// A window that slides over an image: of a convolution or a pooling.
package struct Window: Hashable, Sendable {
  /// The treatment of the border, as in Keras.
  package enum Padding: String, CaseIterable, Sendable {
    /// Only windows that lie wholly inside the image.
    case valid
    /// As many windows as ⌈length ÷ stride⌉; what lies outside counts as zero (in a convolution) or not at
    /// all (in a pooling), with the odd row or column added at the end.
    case same
  }

  /// Pixels it takes, as (height, width).
  package var size: SIMD2<Int>
  /// Step between windows in pixels, as (height, width).
  package var strides: SIMD2<Int>
  package var padding: Padding
  /// Distance between the pixels it takes, as (height, width): 1 for neighbours.
  package var dilation: SIMD2<Int>

  package init(
    size: SIMD2<Int>, strides: SIMD2<Int>, padding: Padding, dilation: SIMD2<Int> = [1, 1]
  ) {
    self.size = size
    self.strides = strides
    self.padding = padding
    self.dilation = dilation
  }

  /// Rows and columns from its first pixel to its last.
  package var extent: SIMD2<Int> { (size &- 1) &* dilation &+ 1 }

  /// Windows along each axis of an image of `lengths` (height, width); 0 where none fits.
  package func count(over lengths: SIMD2<Int>) -> SIMD2<Int> {
    switch padding {
    case .valid:
      // If the window is longer than the image, rounding towards zero would still count one.
      ((lengths &- extent) / strides &+ 1).replacing(with: 0, where: extent .> lengths)
    case .same: (lengths &+ strides &- 1) / strides
    }
  }

  /// Rows and columns added before the image's first, as (top, left).
  package func paddingBefore(_ lengths: SIMD2<Int>) -> SIMD2<Int> { paddingTotal(lengths) / 2 }

  /// Rows and columns added after the image's last, as (bottom, right).
  package func paddingAfter(_ lengths: SIMD2<Int>) -> SIMD2<Int> {
    paddingTotal(lengths) &- paddingBefore(lengths)
  }

  private func paddingTotal(_ lengths: SIMD2<Int>) -> SIMD2<Int> {
    guard padding == .same else { return .zero }
    let needed = (count(over: lengths) &- 1) &* strides &+ extent &- lengths
    return pointwiseMax(needed, .zero)
  }
}
