import Specs
import Tensors

/// Applies one of the operations of TrivialAugment, each as likely as the others, with a random magnitude: those of the
/// wide space.
///
/// The operations: none, shear, translation and rotation by the nearest pixel, brightness, colour, contrast and
/// sharpness, posterizing and solarizing, automatic contrast and equalizing. Colour leaves grey images as they are.
/// Translations go up to 32 pixels, whatever the size of the image.
package struct TrivialAugment: ImageStep {
  package static let type = "trivial_augment"
  package static let summary = "Changes images by one random operation of random magnitude."
  package static let source: String? =
    "Müller and Hutter, 'TrivialAugment', 2021; torchvision's TrivialAugmentWide"
  package static let otherNames = ["TrivialAugmentWide", "auto_augment"]
  package static let channels: [Int]? = [1, 3]

  @Field("How pixel values between pixels are computed.")
  package var interpolation: Interpolation = .nearest

  package init() {}

  package var confusion: Confusion? {
    Confusion(
      location: nil, message: "a digit turned by up to 135 degrees may become another: a 6 a 9",
      hint: "'rand_augment' turns by 30 degrees at most")
  }

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let sampling = Sampling(.constant, interpolation)
    let operations = AutomaticOperation.allCases
    return { image, random in
      operations[random.index(below: operations.count)].apply(
        to: &image, level: random.index(below: AutomaticOperation.levels + 1),
        isReversed: random.happens(0.5), limits: .trivialWide, sampling: sampling)
    }
  }
}
