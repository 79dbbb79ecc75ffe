import Diagnostics
import Specs

/// The section `data` of a spec.
package struct DataSpec: Spec {
  package static let type = "data"
  package static let summary = "Which images to train and score on, and how to prepare them."

  @Field("The images and their classes.", example: "mnist")
  package var dataset: OneOf<DatasetCatalog>

  @Field(
    "Training images to hold out for validation, each class alike: a number or a fraction.",
    example: "6000")
  package var validation: Portion = 0

  @Field(
    "Decides which images are held out; independent of a run's seed.", .range(0...4_294_967_295))
  package var splitSeed: Int = 0

  @Field(
    "How bytes become inputs: to 0…1, to -1…1, or each channel to mean 0 and standard deviation 1.")
  package var normalization: Normalization = .unit

  @Field(
    "Train on only so many of the images that validation leaves, each class alike: a number or a fraction."
  )
  package var limit: Portion?

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "validation": ["validation_split", "val_split", "val", "validation_size"],
      "split_seed": ["random_state", "random_seed"],
      "normalization": ["norm"],
    ]
  }
}

/// The numbers of training images to train on and to validate with.
package struct SplitCounts: Equatable, Sendable {
  /// Images to train on.
  package let training: Int
  /// Images held out of training.
  package let validation: Int

  /// Counts of these sizes.
  package init(training: Int, validation: Int) {
    self.training = training
    self.validation = validation
  }
}

extension DataSpec {
  /// The split of a dataset of `total` training images. Throws if it has too few.
  package func split(of total: Int) throws(Diagnostic) -> SplitCounts {
    let held = validation.count(of: total)
    guard held < total else {
      throw Diagnostic(
        identifier: .nothingToTrainOn,
        message: "'validation' takes \(held) of \(total) training images, so none are left",
        location: validation.node?.location)
    }
    let left = total - held
    let used = limit?.count(of: left) ?? left
    guard used > 0, used <= left else {
      let images =
        held == 0
        ? "the dataset's \(total) training images" : "the \(left) images that 'validation' leaves"
      throw Diagnostic(
        identifier: .limitOutOfRange,
        message: "'limit' must be between 1 and \(images), got \(used)",
        location: limit?.node?.location)
    }
    return SplitCounts(training: used, validation: held)
  }

  /// Loads the dataset, splits and normalizes it.
  ///
  /// Throws a `Diagnostic` if the split asks for more images than there are, and the errors of `DatasetSpec.load`.
  package func prepare(from locations: DataLocations) throws -> PreparedData {
    let loaded = try dataset.value.load(from: locations)
    return PreparedData(
      loaded, split: try split(of: loaded.training.count), splitSeed: UInt64(splitSeed),
      normalization: normalization)
  }
}
