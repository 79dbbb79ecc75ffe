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
    "Cross-validation: the training images are divided into so many folds, each class alike and no group divided, and each fold is held out once, for validation or, with {count: 5, of: test}, for the final score. There is a run for each fold and seed."
  )
  package var folds: Folds?

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

  /// The fold by which it splits the images; nil if there are no folds, or several are to run.
  package var fold: Int? { folds?.single }

  /// The same section for `fold` alone, or, with nil, for all folds.
  package func only(_ fold: Int?) -> DataSpec {
    guard var folds else { return self }
    var section = self
    folds.only = fold.map { FoldList([$0]) }
    section.folds = folds
    return section
  }

  package static var otherKeys: OtherNames {
    [
      "validation": ["validation_split", "val_split", "val", "validation_size"],
      "test": ["test_split", "test_size"],
      "folds": [
        "cv", "n_splits", "kfold", "k_fold", "n_folds", "cross_validation", "cross_val",
        "stratified_kfold", "stratified_k_fold", "group_kfold", "stratified_group_kfold",
        "validation_folds", "repeated_stratified_kfold", "leave_one_group_out",
      ],
      "split_seed": ["random_state", "random_seed"],
      "normalization": ["norm"],
    ]
  }

  package static var foreignKeys: [String: String] {
    [
      "fold_seed": "the seed of the folds stands with them: 'folds: {count: 5, seed: 1}'",
      "positive_class": "of two classes the second is the positive one, which 'exp check' names",
    ]
  }

  package func validate(_ diagnostics: inout Diagnostics) {
    guard let folds else { return }
    let (key, node, other) =
      folds.part == .validation
      ? ("validation", validation?.node, "test") : ("test", test?.node, "validation")
    if let node {
      diagnostics.error(
        .badFolds, "'\(key)' and 'folds' both say which images are held out for \(key)",
        at: node.location,
        hint: "leave '\(key)' out, or take 'folds: {count: \(folds.count), of: \(other)}'")
    }
    if split == .last {
      diagnostics.error(
        .badFolds, "folds are drawn, and 'last' draws no images", at: $split.location,
        hint: "leave 'split' out")
    }
  }
}
