import Specs
import Tensors

/// A dataset ready for a run: images to train on, images held out of training, and images for the final score.
package struct PreparedData: Sendable {
  /// Images to train on.
  package let training: ImageSamples
  /// Images held out of training; nil if there are none.
  package let validation: ImageSamples?
  /// Images for the final score.
  package let test: ImageSamples
  /// The facts about the data that a run records.
  package let description: DataDescription
}

/// The facts about its data that a run records.
package struct DataDescription: Equatable, Sendable {
  /// Name of the dataset's type in a spec.
  package let dataset: String
  /// Size of every image.
  package let imageShape: ImageShape
  /// The name of each class in reports.
  package let classNames: [String]
  /// Number of images that are trained on.
  package let trainingCount: Int
  /// Number of images held out of training.
  package let validationCount: Int
  /// Number of images for the final score.
  package let testCount: Int
  /// The map from bytes to the numbers that the network reads.
  package let scaling: PixelScaling
  /// The digest of the dataset before it is split.
  package let source: DataDigest
  /// The digest of the images held out of training; nil if there are none.
  package let validation: DataDigest.Part?
}

extension PreparedData {
  /// The images to train on, changed by the steps of `augmentation`; `seed` is the run's.
  package func training(
    augmentedBy augmentation: [OneOf<AugmentationCatalog>], seed: Int
  ) -> any SampleSource {
    augmentation.isEmpty
      ? training : AugmentedSamples(training, by: augmentation, seed: UInt64(seed))
  }

  /// Holds out as many of the training images as `split` says, then takes as many of the others to train on, both
  /// stratified and chosen by `splitSeed` alone. So the images held out are the same, however many are trained on.
  package init(
    _ dataset: LoadedDataset, split: SplitCounts, splitSeed: UInt64, normalization: Normalization
  ) {
    let part = dataset.training
    func select(_ count: Int, of indices: [Int], round: Int) -> (chosen: [Int], others: [Int]) {
      stratifiedSelection(
        of: count, from: indices, labels: part.labels, classCount: dataset.classCount,
        seed: splitSeed, round: round)
    }
    let all = Array(part.labels.indices)
    let (held, others) = select(split.validation, of: all, round: 1)
    let trained = select(split.training, of: others, round: 0).chosen

    let scaling = PixelScaling(
      normalization, of: part, at: trained, channels: dataset.imageShape.channels)
    func samples(_ part: LabelledImages, _ indices: [Int]) -> ImageSamples {
      ImageSamples(
        part, at: indices, imageShape: dataset.imageShape, classCount: dataset.classCount,
        scaling: scaling)
    }
    training = samples(part, trained)
    self.validation = held.isEmpty ? nil : samples(part, held)
    test = samples(dataset.test, Array(0..<dataset.test.count))
    description = DataDescription(
      dataset: dataset.type, imageShape: dataset.imageShape, classNames: dataset.classNames,
      trainingCount: trained.count, validationCount: held.count, testCount: dataset.test.count,
      scaling: scaling, source: dataset.digest,
      validation: held.isEmpty ? nil : .init(part, at: held))
  }
}
