import Diagnostics
import Specs

/// The section `data` of a spec.
package struct DataSpec: Spec {
  package static let type = "data"
  package static let summary = "Which images to train and score on, and how to prepare them."

  @Field("The images and their classes.", example: "mnist")
  package var dataset: OneOf<DatasetCatalog>

  @Field(
    "Images to choose by: so many of the training images, a number or a fraction; or 'own', the dataset's validation part. By default its own, if it has one.",
    example: "6000")
  package var validation: ValidationPart?

  @Field(
    "Training images to hold out for the final score, a number or a fraction, of a dataset that has no test part."
  )
  package var test: Portion?

  @Field(
    "Which images are held out: drawn, each class alike, or the last ones, as Keras's 'validation_split' takes them."
  )
  package var split: SplitMethod = .stratified

  @Field(
    "Decides which images are held out; independent of a run's seed.", .range(0...4_294_967_295))
  package var splitSeed: Int = 0

  @Field(
    "How bytes become inputs: to 0…1, to -1…1, or each channel to mean 0 and standard deviation 1.")
  package var normalization: Normalization = .unit

  @Field(
    "Train on only so many of the images that are not held out, each class alike: a number or a fraction."
  )
  package var limit: Portion?

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "validation": ["validation_split", "val_split", "val", "validation_size"],
      "test": ["test_split", "test_size"],
      "split_seed": ["random_state", "random_seed"],
      "normalization": ["norm"],
    ]
  }
}
