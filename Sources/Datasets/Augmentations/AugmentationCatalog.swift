import Diagnostics
import Specs
import Tensors

/// All steps that an augmentation can have.
package enum AugmentationCatalog: Catalog {
  package typealias Member = any AugmentationSpec
  package static let noun = "augmentation"
  package static var foreignNames: [String: String] {
    let size = "'image_size' of a dataset resizes its pictures, 'fit: crop' cuts them to it"
    let scaling = "'normalization' under 'data' scales the pixels"
    return [
      "random_resized_crop":
        "images keep their size: 'random_zoom' and 'random_translation' show parts of them",
      "resize": size, "resizing": size, "center_crop": size,
      "normalize": scaling, "rescale": scaling, "to_tensor": scaling,
    ]
  }
  package static let all: [any Spec.Type] = [
    RandomRotation.self, RandomTranslation.self, RandomZoom.self, RandomShear.self,
    RandomPerspective.self, RandomFlip.self, RandomCrop.self, ElasticTransform.self,
    RandomErasing.self, RandomStrokeWidth.self, GaussianNoise.self, GaussianBlur.self,
    RandomBrightness.self, RandomContrast.self, RandomSaturation.self, RandomHue.self,
    RandomGrayscale.self, RandomInvert.self, TrivialAugment.self, RandAugment.self,
    RandomApply.self, OneOfSteps.self, MixUp.self, CutMix.self,
  ]

  /// Reports the steps of an experiment's `list` that mix images, but are not its last.
  ///
  /// - Parameter last: the place of the last step, which need not be in the list: its own mistakes may have kept it out.
  package static func reportMisplaced(
    in list: [OneOf<AugmentationCatalog>], last: Location?, _ diagnostics: inout Diagnostics
  ) {
    for entry in list
    where entry.value is any MixingStep && entry.location != last {
      diagnostics.error(
        .misplacedMixing, "'\(Swift.type(of: entry.value).type)' must be the last step",
        at: entry.location,
        notes: [.init("this comes after it", at: last)],
        hint: "images are mixed once, when all else is done to them")
    }
  }

  /// Warns of the steps of `list`, and of those inside of them, that may make other digits of digits.
  package static func warnOfConfusion(
    in list: [OneOf<AugmentationCatalog>], _ diagnostics: inout Diagnostics
  ) {
    for entry in list {
      guard let step = entry.value as? any ImageStep else { continue }
      if let confusion = step.confusion {
        diagnostics.warning(
          .confusedDigits, confusion.message, at: confusion.location ?? entry.location,
          hint: confusion.hint)
      }
      warnOfConfusion(in: step.steps, &diagnostics)
    }
  }

  /// Reports the steps of `list`, and those inside of them, that don't fit images of `shape`.
  package static func validate(
    _ list: [OneOf<AugmentationCatalog>], for shape: ImageShape, _ diagnostics: inout Diagnostics
  ) {
    for entry in list {
      guard let step = entry.value as? any ImageStep else { continue }
      Swift.type(of: step).validateChannels(of: shape, at: entry.location, &diagnostics)
      step.validate(for: shape, at: entry.location, &diagnostics)
      validate(step.steps, for: shape, &diagnostics)
    }
  }

  /// Reports the steps inside of the step `outer` that mix images.
  static func reportMixing(
    in list: [OneOf<AugmentationCatalog>], of outer: String, _ diagnostics: inout Diagnostics
  ) {
    for entry in list where entry.value is any MixingStep {
      let name = Swift.type(of: entry.value).type
      diagnostics.error(
        .misplacedMixing, "'\(name)' cannot stand inside of '\(outer)'",
        at: entry.location, hint: "make '\(name)' the last entry of 'augmentation'")
    }
  }
}
