/// The way in which a picture of any kind becomes the image that a network takes. Size and channels are those of the
/// network's input.
package struct PicturePreparation: Hashable, Sendable {
  /// The way in which a picture of another aspect ratio is fitted in.
  package enum Fit: Sendable {
    /// Height and width are scaled each for itself.
    case stretch
    /// Cuts off both sides alike.
    case crop
    /// The whole picture, with a border of the background on both sides.
    case pad
  }

  /// The way in which resized pixels are computed.
  package enum Interpolation: Sendable {
    case bilinear, nearest
    /// The mean of the pixels that a new one covers.
    case area
  }

  /// How pictures of another size are resized.
  package struct Resizing: Hashable, Sendable {
    let fit: Fit
    let interpolation: Interpolation

    package init(fit: Fit, interpolation: Interpolation) {
      self.fit = fit
      self.interpolation = interpolation
    }
  }

  /// Nil if pictures of another size are refused.
  let resizing: Resizing?
  /// The grey behind transparent pixels and in borders, from 0 to 255.
  let background: Int

  package init(resizing: Resizing? = nil, background: Int = 0) {
    self.resizing = resizing
    self.background = background
  }
}
