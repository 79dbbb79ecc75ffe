import Datasets
import Diagnostics
import Learning
import Metrics
import Specs

/// The sections of a spec that can be read, whatever is wrong with the others, so that checks across sections
/// find their mistakes in the same pass.
struct SpecSections {
  /// The whole spec.
  let root: Node
  let data: DataSpec?
  let augmentation: [OneOf<AugmentationCatalog>]
  let lastAugmentation: Node?
  let model: ModelSpec?
  let loss: OneOf<LossCatalog>?
  let optimizer: OneOf<OptimizerCatalog>?
  let training: TrainingSpec?
  let callbacks: [OneOf<CallbackCatalog>]
  let targets: Targets?

  /// The sections of `spec`, which was read from `node`.
  init(_ spec: ExperimentSpec, _ node: Node) {
    root = node
    (data, model, loss, optimizer) = (spec.data, spec.model, spec.loss, spec.optimizer)
    (training, callbacks, targets) = (spec.training, spec.callbacks, spec.targets)
    augmentation = spec.augmentation
    lastAugmentation = node["augmentation"]?.items.last
  }

  /// Reads the sections of `node`. Their own mistakes are reported when the whole spec is read, not here.
  init(_ node: Node) {
    root = node
    var unreported = Diagnostics()
    func section<Value: SpecValue>(_ key: String, as type: Value.Type) -> Value? {
      node[key].flatMap { Value.decode($0, &unreported) }
    }
    data = section("data", as: DataSpec.self)
    model = section("model", as: ModelSpec.self)
    loss =
      node["loss"] == nil ? ExperimentSpec().loss : section("loss", as: OneOf<LossCatalog>.self)
    let steps = node["augmentation"]?.items ?? []
    augmentation = steps.compactMap { OneOf<AugmentationCatalog>.decode($0, &unreported) }
    lastAugmentation = steps.last
    optimizer = section("optimizer", as: OneOf<OptimizerCatalog>.self)
    training = section("training", as: TrainingSpec.self)
    callbacks = (node["callbacks"]?.items ?? []).compactMap {
      OneOf<CallbackCatalog>.decode($0, &unreported)
    }
    targets = section("targets", as: Targets.self)
  }

  /// Reports steps in the wrong place, callbacks that contradict each other or the rest of the spec, and metrics to
  /// reach that the run will not have.
  func crossCheck(_ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMisplaced(in: augmentation, last: lastAugmentation, &diagnostics)
    let hasValidation = data.map { !$0.validation.isZero } ?? true
    reportRepeated(
      callbacks.filter { $0.value is ModelCheckpoint }, .repeatedCheckpoint,
      "only one 'model_checkpoint' can save a run's weights", &diagnostics)
    reportRepeated(
      callbacks.filter(\.value.averagesParameters), .repeatedAveraging,
      "only one callback can put averages in place of a run's weights", &diagnostics)
    for callback in callbacks {
      guard let first = callback.value.firstEpoch, let training, first.epoch > training.epochs
      else { continue }
      diagnostics.error(
        .lateCallback,
        "'\(type(of: callback.value).type)' would act first after epoch \(first.epoch), "
          + "but there are only \(training.epochs)",
        at: (callback.node?[first.key] ?? callback.node)?.location)
    }
    for callback in callbacks {
      guard let monitor = callback.value.monitoredColumn else { continue }
      let place = callback.node?["monitor"]?.location ?? callback.node?.location
      guard EpochRecord.columns.contains(monitor) else {
        reportUnknownMonitor(monitor, at: place, &diagnostics)
        continue
      }
      if !hasValidation, EpochRecord.validationColumns.contains(monitor) {
        diagnostics.error(
          .noValidation, "'\(monitor)' needs validation images, but none are held out",
          at: place,
          hint: "set 'validation' under 'data', for example to 0.1, or monitor 'loss' or 'accuracy'"
        )
      }
    }
    warnOfLearningRate(&diagnostics)
    warnOfCallbacks(&diagnostics)
    warnOfAugmentation(&diagnostics)
    for target in targets?.all ?? [] where !hasValidation && target.name.part == .validation {
      diagnostics.error(
        .noValidation, "'\(target.name.rawValue)' needs validation images, but none are held out",
        at: target.location, hint: "set 'validation' under 'data', for example to 0.1")
    }
  }

  private func reportRepeated(
    _ callbacks: [OneOf<CallbackCatalog>], _ identifier: Diagnostic.Identifier, _ message: String,
    _ diagnostics: inout Diagnostics
  ) {
    for repeated in callbacks.dropFirst() {
      diagnostics.error(
        identifier, message, at: repeated.node?.location,
        notes: [.init("the first is here", at: callbacks.first?.node?.location)])
    }
  }

  private func reportUnknownMonitor(
    _ monitor: String, at place: Location?, _ diagnostics: inout Diagnostics
  ) {
    let columns = EpochRecord.columns
    let (validation, test) = (ScoreName.Part.validation.prefix, ScoreName.Part.test.prefix)
    let isTest = monitor.hasPrefix(test)
    let near =
      isTest
      ? Suggestions.nearest(to: validation + monitor.dropFirst(test.count), among: columns)
      : Suggestions.nearest(to: monitor, among: columns)
        ?? Suggestions.nearest(to: validation + monitor, among: columns)
    diagnostics.error(
      .unknownMonitor,
      isTest
        ? "'\(monitor)' is known only at the end: test images are scored once"
        : "the history has no column '\(monitor)'",
      at: place,
      hint: (near.map { "did you mean '\($0)'? " } ?? "") + "the history has "
        + columns.joined(separator: ", "))
  }

  /// How the training images are split; nil if that is impossible, which is then reported.
  func split(of summary: DatasetSummary, _ diagnostics: inout Diagnostics) -> SplitCounts? {
    do throws(Diagnostic) {
      return try data?.split(of: summary.trainingCount)
    } catch {
      diagnostics.add(error)
      return nil
    }
  }

  /// Reports settings that don't fit the data: its classes, and how many steps its images make.
  func crossCheck(
    _ summary: DatasetSummary, _ split: SplitCounts?, _ diagnostics: inout Diagnostics
  ) {
    loss?.value.settings.classWeight?.validate(
      classCount: summary.classCount, at: loss?.node?["class_weight"], &diagnostics)
    if let split { warnOfBatches(split, &diagnostics) }
    if let split, let training {
      optimizer?.value.learningRate.validate(
        in: training.length(imageCount: split.training),
        at: optimizer?.node?["learning_rate"], &diagnostics)
    }
  }

  /// The file of parameters to start from.
  var weights: WeightsFile? { model?.weights }

  /// The network; nil if it cannot be built, which is then reported.
  func layers(for summary: DatasetSummary, _ diagnostics: inout Diagnostics) -> LayerGraph? {
    guard let model, let loss else { return nil }
    return LayerGraph(
      model, input: summary.imageShape, classCount: summary.classCount, loss: loss.value,
      &diagnostics)
  }
}
