/// Height, width and channels of one image, or of one layer's activations for it.
///
/// A flat vector of `n` numbers is the shape 1×1×n with `isFlat` set; Keras's `Flatten` makes one.
package struct ImageShape: Hashable, Sendable {
  /// Rows, in pixels.
  package let height: Int
  /// Columns, in pixels.
  package let width: Int
  /// Values per pixel.
  package let channels: Int
  /// True if the shape is a vector without height and width.
  package let isFlat: Bool

  /// An image of `height` × `width` pixels with `channels` values each.
  package init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
    isFlat = false
  }

  /// A vector of `count` values.
  package init(flat count: Int) {
    height = 1
    width = 1
    channels = count
    isFlat = true
  }

  /// Rows and columns.
  package var size: SIMD2<Int> { [height, width] }

  /// Values in all.
  package var elementCount: Int { height * width * channels }

  /// Height, width and channels; only the number of values, if it is a vector.
  package var lengths: [Int] { isFlat ? [channels] : [height, width, channels] }

  /// The vector with the same values, in the order height, width, channels (as in Keras).
  package var flattened: ImageShape { ImageShape(flat: elementCount) }
}

extension ImageShape: CustomStringConvertible {
  /// `28×28×1`, or `1600` for a vector.
  package var description: String {
    lengths.map(String.init).joined(separator: "×")
  }
}
