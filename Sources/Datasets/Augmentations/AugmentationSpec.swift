import Diagnostics
import Specs
import Tensors

/// A step of an augmentation as a spec names it: an `ImageStep` or a `MixingStep`.
package protocol AugmentationSpec: Spec {}

extension AugmentationSpec {
  package static var otherKeys: OtherNames {
    [
      "fraction": [
        "scale", "zoom", "factor", "height_factor", "width_factor", "saturation", "hue",
      ],
      "degrees": ["angle", "shear", "factor"],
      "pixels": ["shift", "translate", "factor", "height_factor", "width_factor"],
      "probability": ["p", "prob", "rate", "factor"],
      "smoothness": ["sigma"],
      "stddev": ["std", "deviation", "sigma", "noise"],
      "fill_mode": ["mode", "fill"],
      "fill_value": ["fill", "value"],
      "displacement": ["alpha"],
      "steps": ["transforms", "layers"],
      "padding": ["pad", "pixels", "shift"],
      "kernel_size": ["blur_limit"],
      "distortion_scale": ["distortion", "factor"],
      "magnitude": ["factor"],
    ]
  }
}

/// A step that changes one image on its own.
package protocol ImageStep: AugmentationSpec {
  /// The change that a step makes to an image; all that it draws comes from the sequence.
  typealias Change = @Sendable (inout AugmentedImage, inout RandomSequence) -> Void

  /// The steps inside of it; none for most.
  var steps: [OneOf<AugmentationCatalog>] { get }

  /// The way it may turn a digit into another; nil for most.
  var confusion: Confusion? { get }

  /// The numbers of channels that it works on; nil if any will do.
  static var channels: [Int]? { get }

  /// Reports what else does not fit images of `shape`; `location` is the step's.
  func validate(
    for shape: ImageShape, at location: Location?, _ diagnostics: inout Diagnostics)

  /// Makes the change for images of `shape`. `inner` are the prepared steps inside of it.
  func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change
}

extension ImageStep {
  package var steps: [OneOf<AugmentationCatalog>] { [] }
  package var confusion: Confusion? { nil }
  package static var channels: [Int]? { nil }

  package func validate(
    for shape: ImageShape, at location: Location?, _ diagnostics: inout Diagnostics
  ) {}

  /// Reports images that have other channels; 3 are red, green and blue.
  static func validateChannels(
    of shape: ImageShape, at location: Location?, _ diagnostics: inout Diagnostics
  ) {
    guard let allowed = channels, !allowed.contains(shape.channels) else { return }
    let wanted = allowed.map { $0 == 1 ? "1 channel" : "\($0)" }.joined(separator: " or ")
    diagnostics.error(
      .channelCount,
      "'\(type)' needs images with \(wanted)\(allowed == [3] ? " channels, red, green and blue" : ""), these have \(shape.channels)",
      at: location, hint: "leave '\(type)' out")
  }
}

/// A way in which a step may turn a digit into another.
package struct Confusion: Sendable {
  /// The place of the field that decides it; nil for the step as such.
  let location: Location?
  let message: String
  let hint: String
}

/// A step that mixes two images and their classes. It can only be the last.
package protocol MixingStep: AugmentationSpec {
  /// Draws how an image of `shape` is mixed with another.
  func mixture(of shape: ImageShape, using random: inout RandomSequence) -> Mixture
}

/// The change of an image step, with its number among all steps, which keeps its random numbers apart from theirs.
package struct PreparedStep: Sendable {
  private let number: Int
  private let change: ImageStep.Change

  /// The image steps of `list`, for images of `shape`; those inside of others are counted too.
  package static func all(of list: [OneOf<AugmentationCatalog>], for shape: ImageShape)
    -> [PreparedStep]
  {
    var next = 0
    return all(of: list, for: shape, numberedFrom: &next)
  }

  private static func all(
    of list: [OneOf<AugmentationCatalog>], for shape: ImageShape, numberedFrom next: inout Int
  ) -> [PreparedStep] {
    list.compactMap { entry in
      guard let step = entry.value as? any ImageStep else { return nil }
      let number = next
      next += 1
      let inner = all(of: step.steps, for: shape, numberedFrom: &next)
      return PreparedStep(number: number, change: step.change(of: shape, inner))
    }
  }

  /// Takes the step.
  package func apply(to image: inout AugmentedImage) {
    var random = image.draws.sequence(step: number)
    change(&image, &random)
  }
}

/// The source of the random numbers for one image in one epoch.
package struct AugmentationDraws: Sendable {
  private let seed: UInt64
  private let epoch: Int
  private let sample: Int

  /// Those for `sample` in `epoch`.
  package init(seed: UInt64, epoch: Int = 0, sample: Int = 0) {
    self.seed = seed
    self.epoch = epoch
    self.sample = sample
  }

  /// Those of the step with that number.
  package func sequence(step: Int) -> RandomSequence {
    RandomSequence(
      RandomStream(
        seed: seed, purpose: .augmentation, layer: step, epoch: epoch, sample: sample))
  }
}
