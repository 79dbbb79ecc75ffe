import Documents
import Files
import Learning
import Metrics
import Plans
import Records
import Tensors

/// The parts of a complete run's record that follow from its spec, its data and its other files, compared with these.
///
/// Whoever alters what identifies, scores or ranks a run in one file has to alter the others with it.
struct RecordCheck {
  /// The differences, by the file that is not as it has to be.
  private(set) var differences: [(file: RunFile, text: String)] = []

  /// Checks the record in `folder` and its `products`; spec and data are those of `runner`.
  ///
  /// Throws `StorageError`, `DamagedFileError`.
  init(
    of folder: RunFolder, _ manifest: Manifest, _ products: RunProducts, _ runner: Runner,
    _ context: RunContext
  ) throws {
    guard let end = products.end else { preconditionFailure("only complete runs are checked") }
    let (results, predictions) = (end.results, end.predictions)
    let expected = runner.manifest(seed: manifest.seed, context)
    try add(.manifest, expected.consequences.difference(from: manifest.consequences))
    if try folder.trainingFingerprints(of: manifest.data.trainingCount)
      != runner.data.trainingFingerprints
    {
      add(.trainingImages, "it is missing, or of other images than the run is trained on")
    }
    add(.resolved, runner.plan.difference(of: manifest.repetition))
    try add(
      .values,
      runner.plan.values(seed: manifest.seed).difference(
        from: folder.values(), places: runner.plan.places))
    try add(.results, results.tree.difference(from: end.resultsTree))
    add(.results, results.difference(from: runner.plan.spec.targets))
    add(
      .results,
      results.difference(ofEpochs: products.history.count, planned: manifest.epochsPlanned))
    // Summed in the order of training.
    let seconds = products.history.reduce(0) { $0 + $1.seconds }
    if results.trainSeconds != seconds {
      add(.results, "'train_seconds' is \(results.trainSeconds), but the history's are \(seconds)")
    }
    add(.history, results.contradiction(in: products.history))
    try add(.weights, end.weights.difference(ofEpoch: results.weightsEpoch, manifest))
    if SHA256.hexDigest(of: end.weights.bytes) != results.weightsSHA256 {
      add(.weights, "its SHA-256 is not the one in results.json")
    }
    try add(.lastWeights, end.lastWeights?.difference(ofEpoch: results.epochs, manifest))
    // Validation's predictions take the more probable class.
    add(.predictions, predictions.contradiction(of: results.test == nil ? nil : results.threshold))
    if predictions.confusionMatrix != results.final?.confusionMatrix {
      add(.predictions, "it has other predictions than results.json counts")
    }
    add(.results, results.final.flatMap(predictions.contradiction(of:)))
    if try folder.text(of: .report) != results.report(classNames: manifest.data.classNames) {
      add(.report, "it is not the report on the results")
    }
  }

  private mutating func add(_ file: RunFile, _ difference: String?) {
    if let difference { differences.append((file, difference)) }
  }
}

extension ExperimentPlan {
  /// The difference between its seeds and folds and those of the run.
  fileprivate func difference(of repetition: Repetition) -> String? {
    if spec.seeds.seeds != [repetition.seed] {
      return "its seeds are not the run's, \(repetition.seed)"
    }
    return fold == repetition.fold ? nil : "its fold is not the run's"
  }
}

extension RunValues {
  /// The difference from `recorded`; the files and folders at `places` may have been moved since.
  fileprivate func difference(from recorded: RunValues, places: Set<String>) -> String? {
    experimentTree.difference(from: recorded.experimentTree)
      ?? run.difference(from: recorded.run, except: places)
  }
}

extension Results {
  /// What results.json has to say, where its losses, confusion matrices and targets are right.
  fileprivate var tree: PlainValue { get throws { try PlainValue(encoding: self) } }

  fileprivate func difference(from wanted: Targets) -> String? {
    let expected = wanted.results(validation: validation, test: test)
    return expected == targets ? nil : "its targets are not those of the spec, or of its scores"
  }

  /// What `history` says otherwise of the epochs, and of the validation whose weights were kept; nil if it does not.
  fileprivate func contradiction(in history: [EpochRecord]) -> String? {
    guard history.map(\.epoch).elementsEqual(1..<(history.count + 1)) else {
      return "its epochs do not follow one another"
    }
    guard let validation, history.indices.contains(weightsEpoch - 1) else { return nil }
    let recorded = history[weightsEpoch - 1].validation
    return Metric.allCases.first { metric in
      guard Metric.usual.contains(metric) || recorded[metric] != nil else { return false }
      return recorded[metric]?.bitPattern != metric.value(in: validation)?.bitPattern
    }.map {
      "epoch \(weightsEpoch): \(ScoreName(.validation, $0).rawValue) is not that of results.json"
    }
  }

  fileprivate func difference(ofEpochs recorded: Int, planned: Int) -> String? {
    if epochs != recorded { return "'epochs' is \(epochs), but the history has \(recorded)" }
    guard epochs <= planned, epochs == planned || stopReason != nil else {
      return "it has \(epochs) of \(planned) epochs, and nothing says why"
    }
    return (0...epochs).contains(weightsEpoch)
      ? nil : "'weights_epoch' is \(weightsEpoch) of \(epochs) epochs"
  }
}

extension WeightsOfRun {
  /// The difference between what the file of weights says of itself and what other files say.
  fileprivate func difference(ofEpoch epoch: Int, _ manifest: Manifest) throws -> String? {
    let expected = RunRecorder.metadata(epoch: epoch, manifest.specHash)
    return try Safetensors.metadata(bytes) == expected
      ? nil : "it is not of the epoch or the experiment that other files name"
  }
}

extension PredictionTable {
  /// The first image that is not taken for its most probable class, or the one that `threshold` says, in words; nil if
  /// there is none.
  fileprivate func contradiction(of threshold: DecisionThreshold?) -> String? {
    if threshold != nil, classCount != 2 { return "it has \(classCount) classes, not two" }
    let classes = Predictions(probabilities: probabilities, losses: [], classCount: classCount)
      .classes(by: threshold)
    return labels.indices.first { classes[$0] != predicted[$0] }.map {
      threshold == nil
        ? "image \($0) is not taken for its most probable class"
        : "image \($0) is not taken for the class that the threshold says"
    }
  }
}
