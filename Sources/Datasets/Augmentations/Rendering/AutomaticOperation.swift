import Tensors

/// An operation that RandAugment and TrivialAugment choose from.
package enum AutomaticOperation: String, CaseIterable, Sendable {
  case identity
  case shearX, shearY, translateX, translateY, rotate
  case brightness, color, contrast, sharpness
  case posterize, solarize, autoContrast, equalize

  /// The magnitudes that the operations have at most.
  package struct Limits: Sendable {
    /// The shift of a row against the next, in pixels.
    let shear: Double
    /// In pixels; nil for 150/331 of the image's size.
    let translation: Double?
    let degrees: Double
    /// The largest change of the factors of brightness, color, contrast and sharpness.
    let factor: Double
    /// The bits that posterizing removes.
    let bits: Double

    /// Those of torchvision's `RandAugment`.
    package static let rand = Limits(
      shear: 0.3, translation: nil, degrees: 30, factor: 0.9, bits: 4)
    /// Those of torchvision's `TrivialAugmentWide`.
    package static let trivialWide = Limits(
      shear: 0.99, translation: 32, degrees: 135, factor: 0.99, bits: 6)
  }

  /// The steps from no change to the largest.
  package static let levels = 30

  /// Applies the operation to `image`, with `level` thirtieths of its largest magnitude; what has two directions goes
  /// the other way if `isReversed`.
  package func apply(
    to image: inout AugmentedImage, level: Int, isReversed: Bool, limits: Limits,
    sampling: Sampling
  ) {
    let share = Double(level) / Double(Self.levels)
    let signed = isReversed ? -share : share
    let factor = Float(1 + signed * limits.factor)
    let (height, width) = (Double(image.shape.height), Double(image.shape.width))
    /// Whole pixels, as torchvision moves images.
    func distance(_ size: Double) -> Double {
      (signed * (limits.translation ?? 150 / 331 * size)).rounded(.towardZero)
    }
    switch self {
    case .identity: break
    case .shearX: image.move(by: .shear(rows: signed * limits.shear, from: height / 2), sampling)
    case .shearY: image.move(by: .shear(columns: signed * limits.shear, from: width / 2), sampling)
    case .translateX: image.move(by: .translation(right: distance(width), down: 0), sampling)
    case .translateY: image.move(by: .translation(right: 0, down: distance(height)), sampling)
    case .rotate: image.move(by: .rotation(degrees: signed * limits.degrees), sampling)
    case .brightness: image.adjustBrightness(by: factor)
    case .color: image.adjustSaturation(by: factor)
    case .contrast: image.adjustContrast(by: factor)
    case .sharpness: image.adjustSharpness(by: factor)
    case .posterize: image.posterize(bits: 8 - Int((share * limits.bits).rounded()))
    case .solarize: image.solarize(threshold: 1 - share)
    case .autoContrast: image.stretchContrast()
    case .equalize: image.equalize()
    }
  }
}
