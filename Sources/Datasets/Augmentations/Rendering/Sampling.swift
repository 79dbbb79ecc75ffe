internal import CKernels
import Diagnostics
import Specs

/// The values beyond the edges of an image.
package enum FillMode: String, CaseIterable, SpecValue {
  /// The background, 0.
  case constant
  /// The nearest pixel: a a | a b c | c c.
  case nearest
  /// The image mirrored: b a | a b c | c b.
  case reflect

  var code: exp_fill {
    switch self {
    case .constant: EXP_FILL_CONSTANT
    case .nearest: EXP_FILL_NEAREST
    case .reflect: EXP_FILL_REFLECT
    }
  }

  package static var otherValues: OtherNames {
    [
      "reflect": ["mirror", "symmetric"],
      "nearest": ["edge", "replicate"],
      "constant": ["zeros"],
    ]
  }
}

/// The way pixel values are interpolated between sample points.
package enum Interpolation: String, CaseIterable, SpecValue {
  /// A mean of the four around, weighted by nearness.
  case bilinear
  /// The nearest one.
  case nearest
}

/// The way an image is read at places that are not the centres of its pixels.
package struct Sampling: Equatable, Sendable {
  let fill: FillMode
  let interpolation: Interpolation

  /// Reading with `fill` beyond the edges and `interpolation` between pixels.
  package init(_ fill: FillMode = .constant, _ interpolation: Interpolation = .bilinear) {
    self.fill = fill
    self.interpolation = interpolation
  }
}
