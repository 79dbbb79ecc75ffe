import Datasets
import Foundation
import Testing

@Suite struct AugmentationCatalogTests {
  @Test func hasAFileForEachStepAndAStepForEachFile() throws {
    let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
    let folder = "\(package)/Sources/Datasets/Augmentations"
    var declared: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let steps = text.matches(of: /package struct (\w+): (ImageStep|MixingStep)/)
      for match in steps {
        #expect(name == "\(match.output.1).swift")
        declared.append(String(match.output.1))
      }
    }
    #expect(AugmentationCatalog.all.map { "\($0)" }.sorted() == declared.sorted())
  }

  @Test func hasNoNameTwiceAndASummaryForEach() {
    let all = AugmentationCatalog.all
    #expect(all.allSatisfy { $0 is any AugmentationSpec.Type })
    #expect(Set(all.map { $0.type }).count == all.count)
    #expect(all.allSatisfy { $0.summary.hasSuffix(".") })
  }

  @Test func imagesAreMixedLast() throws {
    #expect(try mistakes("[{type: random_rotation, degrees: 5}, mixup]") == [])
    let hint = "images are mixed once, when all else is done to them"
    #expect(
      try mistakes("[mixup, {type: random_rotation, degrees: 5}]")
        == ["1:2: 'mixup' must be the last step; \(hint)"])
    #expect(
      try mistakes("[mixup, cutmix]") == ["1:2: 'mixup' must be the last step; \(hint)"])
  }

  @Test(arguments: [
    ("RandomAffine", "random_rotation"), ("rotate", "random_rotation"),
    ("cutout", "random_erasing"),
    ("translate", "random_translation"), ("RandomElasticTransform", "elastic_transform"),
    ("GaussNoise", "gaussian_noise"), ("RandomChoice", "one_of"), ("MixUp", "mixup"),
    ("ColorJitter", "random_brightness"), ("RandomHorizontalFlip", "random_flip"),
    ("TrivialAugmentWide", "trivial_augment"), ("RandAugment", "rand_augment"),
    ("RandomGreyscale", "random_grayscale"), ("RandomGaussianBlur", "gaussian_blur"),
  ])
  func otherNamesLeadToTheRightOne(name: String, meant: String) throws {
    #expect(
      try mistakes("[\(name)]").first?.hasPrefix(
        "1:2: there is no augmentation '\(name)'; did you mean '\(meant)'?") == true)
  }

  @Test(arguments: [
    ("random_rotation", "factor", "degrees"), ("random_zoom", "height_factor", "fraction"),
    ("random_translation", "translate", "pixels"), ("elastic_transform", "alpha", "displacement"),
    ("elastic_transform", "sigma", "smoothness"), ("gaussian_noise", "std", "stddev"),
    ("random_invert", "p", "probability"), ("one_of", "transforms", "steps"),
    ("random_hue", "hue", "fraction"), ("random_crop", "pad", "padding"),
    ("random_perspective", "p", "probability"),
  ])
  func otherKeysLeadToTheRightOne(type: String, key: String, meant: String) throws {
    #expect(
      try mistakes("[{type: \(type), \(key): 1}]").first?.contains(
        "'\(type)' has no '\(key)'; did you mean '\(meant)'?") == true)
  }
}
