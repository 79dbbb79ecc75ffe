/// A window that slides over an image: of a convolution or a pooling.
package struct Window: Hashable, Sendable {
  /// The treatment of the border: as in Keras, or, with numbers, as in PyTorch. What lies outside the image counts as
  /// zero in a convolution, and not at all in a pooling.
  package enum Padding: Hashable, Sendable {
    /// Only windows that lie wholly inside the image.
    case valid
    /// As many windows as ⌈length ÷ stride⌉, with the odd row or column added at the end.
    case same
    /// So many rows and columns on each side, whatever the strides: (top, left) before the image, (bottom, right) after
    /// it.
    case explicit(before: SIMD2<Int>, after: SIMD2<Int>)
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
    case .valid: wholeCount(over: lengths)
    case .same: (lengths &+ strides &- 1) / strides
    case .explicit(let before, let after): wholeCount(over: before &+ lengths &+ after)
    }
  }

  /// Rows and columns added before the image's first, as (top, left).
  package func paddingBefore(_ lengths: SIMD2<Int>) -> SIMD2<Int> {
    switch padding {
    case .valid: .zero
    case .same: samePadding(lengths) / 2
    case .explicit(let before, _): before
    }
  }

  /// Rows and columns added after the image's last, as (bottom, right).
  package func paddingAfter(_ lengths: SIMD2<Int>) -> SIMD2<Int> {
    switch padding {
    case .valid: .zero
    case .same: samePadding(lengths) &- paddingBefore(lengths)
    case .explicit(_, let after): after
    }
  }

  /// Windows that lie wholly inside an image of `lengths`.
  private func wholeCount(over lengths: SIMD2<Int>) -> SIMD2<Int> {
    // If the window is longer than the image, rounding towards zero would still count one.
    ((lengths &- extent) / strides &+ 1).replacing(with: 0, where: extent .> lengths)
  }

  /// Rows and columns that `same` adds on both sides together.
  private func samePadding(_ lengths: SIMD2<Int>) -> SIMD2<Int> {
    let needed = (count(over: lengths) &- 1) &* strides &+ extent &- lengths
    return pointwiseMax(needed, .zero)
  }
}
