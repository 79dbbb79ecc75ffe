import Diagnostics
import Specs

/// The section `training:`.
package struct TrainingSpec: Spec {
  package static let type = "training"
  package static let summary = "How long to train, and on how many images at a time."

  @Field(
    "Passes over the training images, at most.", example: "12", .atLeast(1),
    .atMost(1_000_000_000))
  package var epochs: Int
  @Field("Images per step.", example: "128", .atLeast(1), .atMost(1_000_000)) package
    var batchSize =
    32
  @Field(
    "Steps of an epoch; by default those of a pass over the training images. The next epoch goes on where this one ends.",
    .atLeast(1), .atMost(1_000_000))
  package var stepsPerEpoch: Int?
  @Field(
    "What a pass draws: each image once (uniform), or as many images of each class, in all as many draws as there are images (balanced)."
  )
  package var sampling = Sampling.uniform
  @Field(
    "Images per lane: the part of a batch that one thread takes at a time; unless given, 16 or half a batch. It shapes rounding, so a run records it.",
    .atLeast(1))
  package var laneSize: Int?

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "epochs": ["n_epochs", "num_epochs", "max_epochs"],
      "batch_size": ["batch", "bs"],
      "steps_per_epoch": ["iterations_per_epoch", "epoch_length"],
      "sampling": [
        "sampler", "oversampling", "oversample", "weighted_sampler", "weighted_random_sampler",
        "class_balanced", "weighted", "balanced", "balanced_sampling", "undersample",
      ],
    ]
  }

  package static var foreignKeys: [String: String] {
    let accumulation = "exp does not have this; as large a 'batch_size' is the same step"
    return [
      "shuffle": "training images are always shuffled",
      "accumulate_grad_batches": accumulation, "gradient_accumulation_steps": accumulation,
      "positive_class": "of two classes the second is the positive one, which 'exp check' names",
    ]
  }

  package func validate(_ diagnostics: inout Diagnostics) {
    guard let laneSize, laneSize > batchSize else { return }
    diagnostics.error(
      .laneSize, "a lane of \(laneSize) images does not fit into a batch of \(batchSize)",
      at: $laneSize.location,
      hint:
        "leave 'lane_size' out: \(TrainingSpec.usualLaneSize(batchSize: batchSize)) is usual here")
  }

  /// The spec with the lane size that is in force.
  package var resolved: TrainingSpec {
    var spec = self
    spec.laneSize = laneSizeInForce
    return spec
  }

  /// Images per lane: what the spec says, or what is usual for its batches.
  package var laneSizeInForce: Int { laneSize ?? Self.usualLaneSize(batchSize: batchSize) }

  /// The length of training on `imageCount` images.
  package func length(imageCount: Int) -> TrainingLength {
    TrainingLength(
      epochs: epochs, stepsPerEpoch: stepsPerEpoch ?? passes(imageCount: imageCount).stepCount)
  }

  /// The passes over `imageCount` images.
  func passes(imageCount: Int) -> TrainingPasses {
    TrainingPasses(imageCount: imageCount, batchSize: batchSize)
  }

  /// 16, or half of a small batch, so that two threads have something to do.
  static func usualLaneSize(batchSize: Int) -> Int { min(16, (batchSize + 1) / 2) }
}
