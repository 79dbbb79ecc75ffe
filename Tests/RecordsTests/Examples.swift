import Files
import Foundation
import Metrics
import Records

extension Manifest {
  /// The manifest of a run that has just begun.
  static func example(
    name: String = "mnist-baseline", seed: Int = 0, fold: Fold? = nil,
    started: Int = 1_795_377_966,
    host: String = Computer.hostName, pid: Int32 = ProcessInfo.processInfo.processIdentifier,
    tag: String? = nil, note: String? = nil, toolchain: String? = nil, gitCommit: String? = nil,
    gitChanges: GitChanges? = nil
  ) -> Manifest {
    Manifest(
      name: name, description: "Two \"blocks\".", tag: tag, note: note, seed: seed, fold: fold,
      specHash: "3f9c0a7712",
      command: ["exp", "run", "mnist.yaml"], started: Timestamp(seconds: started),
      epochsPlanned: 12,
      data: DataSummary(
        dataset: "mnist", imageShape: [28, 28, 1], classNames: ["0", "1"], trainingCount: 54000,
        validationCount: 6000, testCount: 3,
        contents: [
          Contents(part: .training, isHeldOut: false, count: 60000, pixels: "ba89", labels: "65a5"),
          Contents(part: .validation, isHeldOut: true, count: 6000, pixels: "0123", labels: "4567"),
          Contents(part: .test, isHeldOut: false, count: 3, pixels: "0fa7", labels: "ff7b"),
        ], scaling: Scaling(shift: [0], divisor: [255])),
      layers: [
        LayerRow(name: "input", type: "input", outputShape: [28, 28, 1], parameters: 0, flops: 0),
        LayerRow(name: "dense", type: "dense", outputShape: [2], parameters: 1570, flops: 3138),
      ],
      parameterCount: 1570, laneSize: 16, kernelChoices: ["dense: brgemm:avx512_core"],
      machine: Machine(
        host: host, pid: pid, cpu: "Zen", instructionSet: "avx512", threads: 2,
        oneDNNVersion: "2.6.3"),
      expVersion: "0.1.0", toolchain: toolchain, gitCommit: gitCommit, gitChanges: gitChanges)
  }
}

extension Scores {
  /// Three images, one of them taken for another.
  static let example = Scores(
    confusionMatrix: ConfusionMatrix(labels: [0, 1, 1], predictions: [0, 1, 0], classCount: 2),
    loss: 0.25)
}

extension Results {
  /// No validation.
  static let example = Results(
    validation: nil, test: .example, weightsEpoch: 2, weightsSHA256: "", epochs: 3,
    trainSeconds: 4.5,
    imagesPerSecond: 36000,
    stopReason: "early_stopping", targets: [])
}
