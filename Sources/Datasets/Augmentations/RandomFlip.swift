import Specs
import Tensors

/// Mirrors images, each direction with a probability of one half. That of Keras 3 mirrors in both directions or in
/// none.
///
/// Pixels change places, and no more: it is a part of the one map that geometric steps are.
package struct RandomFlip: ImageStep {
  package static let type = "random_flip"
  package static let summary =
    "Mirrors half of the images from left to right, top to bottom, or both."
  package static let source: String? = "Keras's RandomFlip"
  package static let otherNames = [
    "flip", "hflip", "vflip", "RandomHorizontalFlip", "RandomVerticalFlip",
  ]

  /// The axes along which an image is mirrored.
  package enum Mode: String, CaseIterable, SpecValue {
    case horizontal, vertical
    case horizontalAndVertical = "horizontal_and_vertical"
  }

  @Field("Whether left and right change places, top and bottom, or each pair of them.")
  package var mode: Mode = .horizontalAndVertical

  package init() {}

  package var confusion: Confusion? {
    Confusion(
      location: nil, message: "a mirrored digit is no digit, or another: a 2 looks like a 5",
      hint: "leave 'random_flip' out for digits")
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let mode = mode
    return { image, random in
      let isMirrored = mode != .vertical && random.happens(0.5)
      let isUpsideDown = mode != .horizontal && random.happens(0.5)
      guard isMirrored || isUpsideDown else { return }
      image.move(by: .mirror(acrossWidth: isMirrored, acrossHeight: isUpsideDown))
    }
  }
}
