import Datasets
import Learning
import Metrics
import Specs

/// The sections of a spec that can be read, whatever is wrong with the others, so that checks across sections
/// find their mistakes in the same pass.
struct SpecSections {
  let data: DataSpec?
  private let augmentation: [OneOf<AugmentationCatalog>]
  private let lastAugmentation: Node?
  private let model: ModelSpec?
  private let loss: OneOf<LossCatalog>?
  private let callbacks: [OneOf<CallbackCatalog>]
  private let targets: Targets?

  /// Reads the sections of `node`. Their own mistakes are reported when the whole spec is read, not here.
  init(_ node: Node) {
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
    callbacks = (node["callbacks"]?.items ?? []).compactMap {
      OneOf<CallbackCatalog>.decode($0, &unreported)
    }
    targets = section("targets", as: Targets.self)
  }

  /// Reports steps in the wrong place, and metrics to watch or to reach that the run will not have.
  func crossCheck(_ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMisplaced(in: augmentation, last: lastAugmentation, &diagnostics)
    let hasValidation = data.map { !$0.validation.isZero } ?? true
    let checkpoints = callbacks.filter { $0.value is ModelCheckpoint }
    for repeated in checkpoints.dropFirst() {
      diagnostics.error(
        "repeated-checkpoint", "only one 'model_checkpoint' can save a run's weights",
        at: repeated.node?.location,
        notes: [.init("the first is here", at: checkpoints.first?.node?.location)])
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
          "no-validation", "'\(monitor)' needs validation images, but none are held out",
          at: place,
          hint: "set 'validation' under 'data', for example to 0.1, or monitor 'loss' or 'accuracy'"
        )
      }
    }
    for target in targets?.all ?? [] where !hasValidation && target.name.part == .validation {
      diagnostics.error(
        "no-validation", "'\(target.name.rawValue)' needs validation images, but none are held out",
        at: target.location, hint: "set 'validation' under 'data', for example to 0.1")
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
      "unknown-monitor",
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

  /// The file of parameters to start from.
  var weights: String? { model?.weights }

  /// The network; nil if it cannot be built, which is then reported.
  func layers(for summary: DatasetSummary, _ diagnostics: inout Diagnostics) -> LayerGraph? {
    guard let model, let loss else { return nil }
    return LayerGraph(
      model, input: summary.imageShape, classCount: summary.classCount, loss: loss.value,
      &diagnostics)
  }
}
