import Files
import Metrics
import Records

extension Scores {
  /// Scores over 1,000 samples of two classes, `mistakes` of the second taken for the first.
  static func example(mistakes: Int, loss: Double? = nil, logLoss: Double? = nil) -> Scores {
    var matrix = ConfusionMatrix(classCount: 2)
    for sample in 0..<1000 {
      matrix.add(
        label: sample % 2, prediction: sample % 2 == 1 && sample < 2 * mistakes ? 0 : sample % 2)
    }
    let scores = Scores(confusionMatrix: matrix, loss: loss ?? Double(mistakes) / 500)
    guard let logLoss else { return scores }
    return Scores(
      confusionMatrix: matrix, loss: scores.loss, measured: scores.measured + [.logLoss],
      ofProbabilities: [.logLoss: logLoss])
  }
}

extension Manifest {
  /// The manifest of the run of `seed` that began `minute` minutes into the day.
  static func example(
    _ name: String = "mnist-baseline", hash: String = "3f9c0a7712", seed: Int = 0,
    minute: Int = 0, status: RunStatus = .completed, failure: Failure? = nil,
    parameters: Int = 225_034, description: String? = nil, dataset: String = "mnist",
    pixels: [DataPart: String] = [:], trainingCount: Int = 54_000, leftOutCount: Int = 0,
    tag: String? = nil, note: String? = nil, variant: String? = nil, fold: Fold? = nil,
    validationCount: Int = 6000, testCount: Int = 10_000
  ) -> Manifest {
    var manifest = Manifest(
      name: name, description: description, variant: variant,
      varied: variant.map { [String($0.prefix { $0 != ":" })] } ?? [], tag: tag, note: note,
      seed: seed, fold: fold,
      specHash: hash,
      command: ["exp", "run", "experiments/mnist-baseline.yaml", "--threads", "2"],
      started: Timestamp(seconds: 1_795_377_960 + 60 * minute), epochsPlanned: 12,
      data: .init(
        dataset: dataset, imageShape: [28, 28, 1], classNames: ["0", "1"],
        trainingCount: trainingCount, validationCount: validationCount, testCount: testCount,
        contents: .example(
          dataset, trainingCount: trainingCount + leftOutCount + validationCount,
          pixels: ["validation": "\(trainingCount)"].merging(
            pixels.map { ($0.key.rawValue, $0.value) }
          ) { $1 }),
        scaling: .init(shift: [0], divisor: [255])),
      layers: [], parameterCount: parameters, laneSize: 16, kernelChoices: [],
      machine: Machine(
        host: "elsewhere", pid: 1, cpu: "AMD EPYC 9R45", instructionSet: "AVX512_CORE_BF16",
        threads: 2, oneDNNVersion: "2.6.3"),
      expVersion: "0.1.0", gitCommit: nil)
    manifest.status = status
    manifest.failure = failure
    return manifest
  }
}

extension RunRecord {
  /// The run of `seed` that began `minute` minutes into the day. A completed one made `mistakes`.
  static func example(
    _ name: String = "mnist-baseline", hash: String = "3f9c0a7712", seed: Int = 0,
    minute: Int = 0, status: RunStatus = .completed, failure: Manifest.Failure? = nil,
    mistakes: Int = 8, hasValidation: Bool = true, parameters: Int = 225_034,
    dataset: String = "mnist", pixels: [Manifest.DataPart: String] = [:],
    targets: [TargetResult] = [], folder: RunFolder? = nil, loss: Double? = nil,
    validationLoss: Double? = nil, logLoss: Double? = nil, trainSeconds: Double? = nil,
    trainingCount: Int = 54_000,
    leftOutCount: Int = 0, tag: String? = nil, variant: String? = nil, fold: Manifest.Fold? = nil,
    validationCount: Int = 6000, testCount: Int = 10_000
  ) -> RunRecord {
    let manifest = Manifest.example(
      name, hash: hash, seed: seed, minute: minute, status: status, failure: failure,
      parameters: parameters, dataset: dataset, pixels: pixels,
      trainingCount: trainingCount, leftOutCount: leftOutCount, tag: tag, variant: variant,
      fold: fold, validationCount: validationCount, testCount: testCount)
    let results = Results(
      validation: hasValidation
        ? .example(mistakes: mistakes + 1, loss: validationLoss, logLoss: logLoss) : nil,
      test: testCount == 0 ? nil : .example(mistakes: mistakes, loss: loss), weightsEpoch: 9,
      weightsSHA256: "",
      epochs: 10 + seed,
      trainSeconds: trainSeconds ?? 28.4 + Double(seed), imagesPerSecond: 22_816.6,
      stopReason: "early_stopping: val_accuracy did not improve for 3 epochs", targets: targets)
    // Local time would differ from one machine to the next.
    let stamp = manifest.started.iso8601.replacing("T", with: "_").replacing(":", with: "-")
      .dropLast(5)
    return RunRecord(
      folder: folder ?? RunFolder(path: "runs/\(name)/\(stamp)_seed-\(seed)"), manifest: manifest,
      results: status == .completed ? results : nil)
  }
}

extension [Manifest.Contents] {
  /// The contents of a dataset of this name, or of others with these pixels.
  static func example(
    _ dataset: String, trainingCount: Int = 1_000, pixels: [String: String] = [:]
  ) -> [Manifest.Contents] {
    [Manifest.DataPart.training, .validation, .test].map { part in
      .init(
        part: part, isHeldOut: part == .validation,
        count: part == .training ? trainingCount : 1_000,
        pixels: pixels[part.rawValue] ?? dataset, labels: dataset)
    }
  }
}

extension RunCatalog {
  /// Two complete specs, a damaged run, and a spec of which little worked.
  static let example = RunCatalog(
    runs: (0..<3).map { .example(seed: $0, minute: $0, mistakes: 8 + $0) }
      + [
        .example(seed: 0, minute: 5, mistakes: 7),
        .example(
          "mnist-mlp", hash: "aa11bb22cc", seed: 0, minute: 6, mistakes: 20, parameters: 101_770),
        .example(
          "mnist-mlp", hash: "dd33ee44ff", seed: 0, minute: 7, mistakes: 25, parameters: 50_890),
        .example(
          "mnist-mlp", hash: "dd33ee44ff", seed: 1, minute: 8, status: .diverged,
          failure: .init(message: "the loss is not a number", epoch: 2, step: 17),
          parameters: 50_890),
        .example("猫🙂", hash: "0123456789", seed: 0, minute: 9, status: .running, parameters: 1000),
        .example(
          "no-validation", hash: "9876543210", minute: 10, mistakes: 0, hasValidation: false,
          parameters: 7850),
      ],
    problems: [
      RunProblem(path: "runs/mnist-mlp/2026-11-22_21-06-06_seed-2", reason: "run.json is missing")
    ])
}

extension String {
  /// This text with the local times at which `runs` began in UTC.
  func inUTC(_ runs: [RunRecord]) -> String {
    runs.reduce(self) { text, run in
      let started = run.started
      let utc = started.iso8601.replacing("T", with: " ").prefix("2026-11-22 20:06".count)
      return text.replacing(started.localText, with: utc)
    }
  }
}
