import Specs
import Tensors

/// A dataset ready for a run: images to train on, images to choose by, and images for the final score.
package struct PreparedData: Sendable {
  /// Images to train on.
  package let training: ImageSamples
  /// Images to choose by; nil if there are none.
  package let validation: ImageSamples?
  /// Images for the final score; nil if there are none.
  package let test: ImageSamples?
  /// The fingerprints of the images to train on.
  package let trainingFingerprints: FingerprintSet
  /// The facts about the data that a run records.
  package private(set) var description: DataDescription

  /// The parts that are there, with their names in a spec.
  var parts: [(name: String, samples: ImageSamples)] {
    [("training", training), ("validation", validation), ("test", test)]
      .compactMap { name, samples in samples.map { (name, $0) } }
  }

  /// The part whose predictions a run records: test images, or validation's where there are none. One of them is there.
  package var final: ImageSamples {
    guard let part = test ?? validation else { preconditionFailure("a split has one of them") }
    return part
  }
}

/// The facts about its data that a run records.
package struct DataDescription: Equatable, Sendable {
  /// Name of the dataset's type in a spec.
  package let dataset: String
  /// Size of every image.
  package let imageShape: ImageShape
  /// The name of each class in reports.
  package let classNames: [String]
  /// The label of the first class in the dataset's files; nil where they do not number the classes.
  package let firstLabel: Int?
  /// The number of images in each part.
  package let counts: SplitCounts
  /// The map from bytes to the numbers that the network reads.
  package let scaling: PixelScaling
  /// The digest of the dataset before it is split.
  package let source: DataDigest
  /// The digest of the training images held out for validation; nil if there are none.
  package let validation: DataDigest.Part?
  /// The digest of the training images held out for the final score; nil if there are none.
  package let test: DataDigest.Part?
  /// The number of images for the final score that are also among those to train on, pixel for pixel; nil if there are
  /// none for it.
  package let sharedTestCount: Int?
  /// Facts that the data's user should know, a sentence each.
  package var notes: [String]
}

extension PreparedData {
  /// The images to train on, changed by the steps of `augmentation`; `seed` is the run's.
  ///
  /// - Parameter images: the image of each sample, where an image may be several; nil where each is one.
  package func training(
    augmentedBy augmentation: [OneOf<AugmentationCatalog>], seed: Int, of images: [Int]? = nil
  ) -> any SampleSource {
    let training = images.map(self.training.samples) ?? self.training
    return augmentation.isEmpty
      ? training : AugmentedSamples(training, by: augmentation, seed: UInt64(seed))
  }

  /// The training images of `dataset` as `split` divides them, and its own parts.
  package init(_ dataset: LoadedDataset, split: Split, normalization: Normalization) {
    let part = dataset.training
    let scaling = PixelScaling(
      normalization, of: part, at: split.training, channels: dataset.imageShape.channels)
    func samples(_ part: LabelledImages, _ indices: [Int]) -> ImageSamples {
      ImageSamples(
        part, at: indices, imageShape: dataset.imageShape, classNames: dataset.classNames,
        scaling: scaling)
    }
    func held(_ indices: [Int]) -> ImageSamples? {
      indices.isEmpty ? nil : samples(part, indices)
    }
    func digest(_ indices: [Int]) -> DataDigest.Part? {
      indices.isEmpty ? nil : .init(part, at: indices)
    }
    training = samples(part, split.training)
    validation =
      dataset.validation.map { samples($0, Array(0..<$0.count)) } ?? held(split.validation)
    test = dataset.test.map { samples($0, Array(0..<$0.count)) } ?? held(split.test)
    let trained = FingerprintedImages(training)
    let (chosen, final) = (
      validation.map(FingerprintedImages.init), test.map(FingerprintedImages.init)
    )
    trainingFingerprints = FingerprintSet(trained)
    description = DataDescription(
      dataset: dataset.type, imageShape: dataset.imageShape, classNames: dataset.classNames,
      firstLabel: dataset.firstLabels.first,
      counts: SplitCounts(
        training: split.training.count, validation: validation?.count ?? 0, test: test?.count ?? 0),
      scaling: scaling, source: dataset.digest, validation: digest(split.validation),
      test: digest(split.test), sharedTestCount: final.map(trainingFingerprints.count),
      notes: dataset.notes)
    let fingerprinted = [("training", trained), ("validation", chosen), ("test", final)]
      .compactMap { name, images in images.map { (name: name, images: $0) } }
    description.notes +=
      emptyClassNotes
      + Self.sharedImageNotes(
        of: fingerprinted,
        FoldedImages(split, hasValidation: dataset.validation != nil) { samples(part, $0) })
  }
}
