import Datasets
import Diagnostics
import Documents
import Learning
import Records
import Specs
import Tensors

/// A whole experiment, as a YAML file declares it.
package struct ExperimentSpec: Spec {
  package static let type = "experiment"
  package static let summary = "Data, model and training of one experiment, once per seed."

  @Field("Names the experiment's folder and its row in tables; by default the file's stem.", .name)
  package var name: String?
  @Field("What the experiment is about, for people.") package var description: String?
  @Field("Seeds of the runs, such as [0, 1, 2] or 0-4.", example: "0-4") package var seeds:
    SeedList = [0]
  @Field("The images.") package var data: DataSpec
  @Field("What is done to training images, anew in each epoch, in this order.")
  package var augmentation: [OneOf<AugmentationCatalog>] = []
  @Field("The network.") package var model: ModelSpec
  @Field("What training minimizes.")
  package var loss = OneOf<LossCatalog>(CategoricalCrossentropy())
  @Field("How weights are changed.", example: "{type: adam, learning_rate: 0.001}") package
    var optimizer: OneOf<OptimizerCatalog>
  @Field("How long to train.") package var training: TrainingSpec
  @Field(
    "What convolutions and dense layers multiply in; all else is float32. bfloat16 needs AVX-512; without AMX it is seldom faster.",
    example: "float32")
  package var precision = Precision.float32
  @Field("What watches the training.") package var callbacks: [OneOf<CallbackCatalog>] = []
  @Field(
    "Scores to reach; reported as met or missed.",
    example: "{val_accuracy: 0.98, test_f1_macro: 0.98}") package var targets: Targets = [:]
  @Field("How often a run saves what it would go on from.", example: "{every_epochs: 5}")
  package var saveState = SaveStateSpec()
  package var composition = CompositionFields()

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "optimizer": ["optim"],
      "loss": ["criterion", "loss_fn", "loss_function"],
      "seeds": ["seed", "random_seed", "random_state"],
      "augmentation": ["transforms", "transform"],
      "model": ["net", "network"],
      "targets": ["goals", "target"],
      "training": ["fit", "train", "trainer"],
    ]
  }
}

extension Precision: SpecValue {}

extension ExperimentSpec {
  /// The spec with every value in force written out, to be read back from any folder.
  ///
  /// - Parameters:
  ///   - weightsChecksum: SHA-256 of the file of `model.weights`, if it was read.
  ///   - taken: names of the layers that start from it.
  func resolved(
    stem: String, weightsChecksum: String?, taken: Set<String>?, _ data: DatasetSummary,
    _ locations: DataLocations
  ) -> ExperimentSpec {
    var spec = self
    spec.name = name ?? stem
    spec.composition = CompositionFields()
    spec.training = training.resolved
    if let weights = model.weights {
      spec.model.weights = weights.resolved(
        path: weights.path.absolute, sha256: weightsChecksum ?? weights.sha256, taken: taken)
    }
    // A name that a layer would have anyway makes no other experiment.
    let layers = model.layers.map { (name: $0.common.name, type: $0.type) }
    let chosen = ItemNames.chosen(of: layers)
    let areTrainable = model.areTrainable
    if chosen != layers.map(\.name) || areTrainable != model.layers.map(\.common.trainable) {
      spec.model.layers = model.layers.indices.map { index in
        var common = model.layers[index].common
        common.name = chosen[index]
        // Every value is written out, so a frozen layer must not be said to be trainable.
        common.trainable = areTrainable[index]
        return OneOf(model.layers[index].value, common)
      }
    }
    spec.data.dataset = OneOf(self.data.dataset.value.resolved(in: locations))
    if self.data.folds?.part != .validation {
      spec.data.validation =
        self.data.validation ?? (data.validationCount == nil ? .heldOut(0) : .own(nil))
    }
    return spec
  }

  /// The sections that decide nothing about a run's result, apart from its seed.
  static let sectionsOfRun = ["seeds", "name", "description", "targets", "save_state"]
}

extension Check where Value == String? {
  /// Names that are valid folder names on every system, and do not look like options.
  static var name: Self {
    Check(
      ExperimentName.rule, bounds: [("pattern", .string(ExperimentName.pattern))]
    ) { $0.map(ExperimentName.isValid) ?? true }
  }
}
