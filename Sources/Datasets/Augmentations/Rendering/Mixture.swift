import Tensors

/// A way to mix an image with another.
package enum Mixture: Equatable, Sendable {
  /// `share` of the image and the rest of the other, everywhere.
  case overlay(share: Float)
  /// The image outside the box, the other in it.
  case patch(Box)

  /// The image's share, from 0 to 1, in what it becomes.
  func share(in shape: ImageShape) -> Float {
    switch self {
    case .overlay(let share): share
    case .patch(let box): 1 - Float(box.area) / Float(shape.height * shape.width)
    }
  }

  /// Mixes the image at `pixels`, which are changed, with the one at `other`.
  func apply(
    to pixels: UnsafeMutablePointer<Float>, _ other: UnsafePointer<Float>, of shape: ImageShape
  ) {
    switch self {
    case .overlay(let share):
      for place in 0..<shape.elementCount {
        pixels[place] = share * pixels[place] + (1 - share) * other[place]
      }
    case .patch(let box):
      box.forEachRow(of: shape) {
        (pixels + $0.lowerBound).update(from: other + $0.lowerBound, count: $0.count)
      }
    }
  }
}
