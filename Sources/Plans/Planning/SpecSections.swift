import Datasets
import Diagnostics
import Learning
import Metrics
import Specs

/// The sections of a spec that can be read, whatever is wrong with the others, so that checks across sections report
/// their mistakes together with all others.
struct SpecSections {
  /// The whole spec; fields with mistakes have no value.
  let spec: ExperimentSpec

  var data: DataSpec? { spec.$data.value }
  var augmentation: [OneOf<AugmentationCatalog>] { spec.$augmentation.value ?? [] }
  var model: ModelSpec? { spec.$model.value }
  var loss: OneOf<LossCatalog>? { spec.$loss.value }
  var optimizer: OneOf<OptimizerCatalog>? { spec.$optimizer.value }
  var training: TrainingSpec? { spec.$training.value }
  var callbacks: [OneOf<CallbackCatalog>] { spec.$callbacks.value ?? [] }
  var targets: Targets? { spec.$targets.value }

  /// Reports steps in the wrong place, callbacks that contradict each other or the rest of the spec, and metrics to
  /// reach that the run will not have.
  func crossCheck(_ diagnostics: inout Diagnostics) {
    AugmentationCatalog.reportMisplaced(
      in: augmentation, last: spec.$augmentation.node?.items.last?.location, &diagnostics)
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
        at: first.location)
    }
    for callback in callbacks {
      guard let field = callback.value.monitorField else { continue }
      let (monitor, place) = (field.wrappedValue, field.location)
      guard EpochRecord.columns.contains(monitor) else {
        reportUnknownMonitor(monitor, at: place, &diagnostics)
        continue
      }
    }
  }

  /// Reports monitors and targets on images that `split` does not have.
  private func reportMissingParts(_ split: SplitCounts, _ diagnostics: inout Diagnostics) {
    func report(
      _ name: String, of part: ScoreName.Part, at place: Location?, otherwise: String = ""
    ) {
      guard (part == .test ? split.test : split.validation) == 0 else { return }
      diagnostics.error(
        part == .test ? .noTest : .noValidation,
        "'\(name)' needs \(part.name) images, but there are none", at: place,
        hint: "hold some out: set '\(part.name)' under 'data', for example to 0.1\(otherwise)")
    }
    for callback in callbacks {
      guard let field = callback.value.monitorField,
        EpochRecord.validationColumns.contains(field.wrappedValue)
      else { continue }
      report(
        field.wrappedValue, of: .validation, at: field.location,
        otherwise: ", or monitor 'loss' or 'accuracy'")
    }
    for target in targets?.all ?? [] {
      report(target.name.rawValue, of: target.name.part, at: target.location)
    }
  }

  /// Reports monitors and targets that are undefined for `classCount` classes: they would never improve, nor be met.
  private func reportUndefined(_ classCount: Int, _ diagnostics: inout Diagnostics) {
    let monitors = callbacks.compactMap { $0.value.monitorField }.compactMap { field in
      ScoreName(rawValue: field.wrappedValue).map { (name: $0, place: field.location) }
    }
    let targets = (targets?.all ?? []).map { (name: $0.name, place: $0.location) }
    for (name, place) in monitors + targets where classCount < name.metric.fewestClasses {
      let usual = ScoreName(name.part, .accuracy).rawValue
      diagnostics.error(
        .undefinedMetric,
        "'\(name.rawValue)' is undefined for \(classCount) classes"
          + (name.metric.undefined.map { ": \($0)" } ?? ""),
        at: place, hint: "take a metric of fewer classes, such as '\(usual)'")
    }
  }

  private func reportRepeated(
    _ callbacks: [OneOf<CallbackCatalog>], _ identifier: Diagnostic.Identifier, _ message: String,
    _ diagnostics: inout Diagnostics
  ) {
    for repeated in callbacks.dropFirst() {
      diagnostics.error(
        identifier, message, at: repeated.location,
        notes: [.init("the first is here", at: callbacks.first?.location)])
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
      ? Suggestions.nearest(to: validation + monitor.dropFirst(test.count), among: columns, .scores)
      : Suggestions.nearest(to: monitor, among: columns, .scores)
        ?? Suggestions.nearest(to: validation + monitor, among: columns, .scores)
    diagnostics.error(
      .unknownMonitor,
      isTest
        ? "'\(monitor)' is known only at the end: test images are scored once"
        : "the history has no column '\(monitor)'",
      at: place,
      hint: (near.map { "did you mean '\($0)'? " } ?? "") + "the history has "
        + columns.joined(separator: ", "))
  }

  /// The split of the training images; nil if that is impossible, which is then reported.
  func split(of summary: DatasetSummary, _ diagnostics: inout Diagnostics) -> SplitCounts? {
    do throws(Diagnostic) {
      let split = try data?.split(of: summary)
      if let lack = try data?.lackOfClasses(in: summary) { diagnostics.add(lack) }
      return split
    } catch {
      diagnostics.add(error)
      return nil
    }
  }

  /// Reports settings that don't fit the data: its classes, the size and channels of its images, and how many steps
  /// they make.
  func crossCheck(
    _ summary: DatasetSummary, _ split: SplitCounts?, _ diagnostics: inout Diagnostics
  ) {
    if let settings = loss?.value.settings {
      settings.classWeight?.validate(
        classNames: summary.classNames, at: settings.$classWeight.node, &diagnostics)
    }
    if let training, training.sampling == .balanced, let counts = summary.classCounts {
      let empty = zip(summary.classNames, counts).filter { $0.1 == 0 }.map(\.0)
      if !empty.isEmpty { diagnostics.add(training.emptyClass(empty)) }
    }
    reportUndefined(summary.classCount, &diagnostics)
    data?.normalization.validate(
      channels: summary.imageShape.channels, at: data?.$normalization.node, &diagnostics)
    AugmentationCatalog.validate(augmentation, for: summary.imageShape, &diagnostics)
    if let split {
      reportMissingParts(split, &diagnostics)
    }
    if let split, let training {
      optimizer?.value.learningRate.validate(
        in: training.length(imageCount: split.training), &diagnostics)
    }
  }

  /// The network; nil if it cannot be built, which is then reported.
  func layers(for summary: DatasetSummary, _ diagnostics: inout Diagnostics) -> LayerGraph? {
    guard let model, let loss else { return nil }
    return LayerGraph(
      model, input: summary.imageShape, classCount: summary.classCount, loss: loss.value,
      &diagnostics)
  }
}
