import Files
import Metrics
import Records
import Reports

extension RunDiff.Side {
  /// A run with these records; of a hundred test images it takes those `wrong` for another class.
  static func example(
    _ name: String = "mnist-baseline", seed: Int = 0, minute: Int = 0,
    status: RunStatus = .completed, failure: Manifest.Failure? = nil, host: String = "elsewhere",
    cpu: String = "AMD EPYC 9R45", gitCommit: String? = nil,
    gitChanges: GitChanges? = nil, toolchain: String? = nil, tag: String? = nil,
    note: String? = nil, test: Scores = .example(mistakes: 8),
    hasValidation: Bool = false, trainingCount: Int = 54_000,
    checksum: String = String(repeating: "0fa7898d", count: 8),
    values: RunValues? = .of(["optimizer": ["type": "adam", "learning_rate": 0.001]]),
    losses: [Double]? = [0.5, 0.25, 0.125], wrong: Set<Int>? = [], problems: [String] = []
  ) -> RunDiff.Side {
    var manifest = Manifest(
      name: name, description: nil, tag: tag, note: note, seed: seed, specHash: "3f9c0a7712",
      command: ["exp"],
      started: Timestamp(seconds: 1_795_377_960 + 60 * minute), epochsPlanned: 3,
      data: .init(
        dataset: "mnist", imageShape: [28, 28, 1],
        classNames: test.perClass.indices.map(String.init),
        trainingCount: trainingCount, validationCount: hasValidation ? 6_000 : 0, testCount: 100,
        contents: .example(
          "mnist", pixels: [.validation: "\(trainingCount)", .test: checksum]),
        scaling: .init(shift: [0], divisor: [255])),
      layers: [], parameterCount: 225_034, laneSize: 16,
      machine: Machine(
        host: host, pid: 1, cpu: cpu, instructionSet: "avx512-bf16", threads: 2,
        oneDNNVersion: "2.6.3"),
      expVersion: "0.1.0", toolchain: toolchain, gitCommit: gitCommit, gitChanges: gitChanges)
    manifest.status = status
    manifest.failure = failure
    let epochs = losses?.count ?? 3
    let results = Results(
      validation: hasValidation ? test : nil, test: test, weightsEpoch: epochs, weightsSHA256: "",
      epochs: epochs,
      trainSeconds: 28.4 + Double(seed), imagesPerSecond: 22_816.6, stopReason: nil, targets: [])
    return RunDiff.Side(
      RunRecord(
        folder: RunFolder(path: "runs/\(name)/2026-11-22_20-0\(minute)-00_seed-\(seed)"),
        manifest: manifest, results: status == .completed ? results : nil),
      manifest: manifest, values: values,
      history: losses.map(History.example), predictions: wrong.map(PredictionTable.example),
      problems: problems)
  }
}

extension History {
  /// Epochs with these losses.
  static func example(_ losses: [Double]) -> History {
    var history = History()
    for (index, loss) in losses.enumerated() {
      history.append(
        EpochRecord(
          epoch: index + 1, seconds: Double(index), learningRate: 0.001, loss: loss, accuracy: 0.5,
          validation: [:]))
    }
    return history
  }
}

extension PredictionTable {
  /// A hundred images of two classes, of which those `wrong` are taken for the other.
  static func example(wrong: Set<Int>) -> PredictionTable {
    let labels = (0..<100).map { $0 % 2 }
    let predicted = labels.indices.map { wrong.contains($0) ? 1 - labels[$0] : labels[$0] }
    return PredictionTable(
      labels: labels, predicted: predicted,
      probabilities: predicted.flatMap { $0 == 0 ? [0.75, 0.25] : [0.25, 0.75] },
      classNames: ["0", "1"])
  }
}
