import Files
import Foundation
import Metrics
import Records
import Reports

/// Run folders as a run leaves them, for pages; they go when the test does.
final class RecordedRuns {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/reports-tests-" + UUID().uuidString
    try Storage.createFolder(path)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("cannot remove \(path): \(error)")
    }
  }

  /// A file that begins and ends as PNG files do.
  static let picture: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
    + [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]

  /// What a run is about.
  struct Run {
    var name = "digits"
    var description: String? = "A net."
    var hash = "aa11bb22"
    var seed = 0
    /// The fold of validation that it holds out, which has the images of `predictions`; nil: these are test images.
    var fold: (index: Int, count: Int)?
    var status = RunStatus.completed
    var failure: Manifest.Failure?
    var classNames = ["cat", "dog", "owl"]
    /// Of each test image, in turn, the class and what it is taken for.
    var predictions = [(0, 0), (1, 1), (2, 2), (1, 2), (0, 0), (2, 2), (1, 1), (2, 2)]
    /// The probability of the class that each image is taken for.
    var confidence: Float = 0.75
    /// The place of each image in its part; nil: in their order.
    var indices: [Int]?
    var files: [String]?
    /// The training loss of each epoch.
    var losses = [0.9, 0.5, 0.4]
    var hasValidation = true
    var resolved = "optimizer: {type: adam, learning_rate: 0.001}\n"
    /// Nil is a file that cannot be read.
    var values: RunValues? = .of(["optimizer": ["type": "adam", "learning_rate": 0.001]])
    /// The file that each mistake has as its picture.
    var picture: [UInt8]?
    var command = ["exp", "run", "digits.yaml"]
    var variant: String?
    var tag: String?
    var note: String?
    /// What the spec wants; the results are those of `predictions`.
    var targets = [TargetResult(name: ScoreName(.test, .accuracy), wanted: 0.5, got: 0.8)]
    /// The difference from the commit; nil where it is unknown.
    var gitDiff: String?
  }

  /// Records `run` and returns its folder.
  @discardableResult
  func add(_ run: Run) throws -> RunFolder {
    let repetition = Repetition(seed: run.seed, fold: run.fold?.index)
    let folder = RunFolder(
      path: "\(path)/\(run.hash)/2026-11-22_21-06-06_\(repetition.folderName)")
    let isFold = run.fold != nil
    try Storage.createFolder(folder.path)
    let classCount = run.classNames.count
    var manifest = Manifest(
      name: run.name, description: run.description, variant: run.variant, tag: run.tag,
      note: run.note, seed: run.seed,
      fold: run.fold.map { .init(index: $0.index, count: $0.count, part: .validation) },
      specHash: run.hash,
      command: run.command, started: Timestamp(seconds: 1_795_377_960),
      epochsPlanned: max(3, run.losses.count),
      data: .init(
        dataset: "digits", imageShape: [2, 2, 1], classNames: run.classNames, trainingCount: 100,
        validationCount: isFold || run.hasValidation ? run.predictions.count : 0,
        testCount: isFold ? 0 : run.predictions.count,
        contents: .example(
          "digits", pixels: isFold ? ["validation": repetition.folderName] : [:]),
        scaling: .init(shift: [0], divisor: [255])),
      layers: [
        .init(name: "dense", type: "dense", outputShape: [classCount], parameters: 15, flops: 30)
      ], parameterCount: 15, laneSize: 16,
      machine: Machine(
        host: "here", pid: 1, cpu: "Zen", instructionSet: "avx512", threads: 2,
        oneDNNVersion: "2.6.3"), expVersion: "0.1.0", toolchain: "Swift 6.3, release",
      gitCommit: "c0ffee",
      gitChanges: run.gitDiff.map { GitChanges(Array($0.utf8), isCut: false) })
    manifest.end(run.status, run.status == .completed ? .done : .runFailed, failure: run.failure)
    try folder.write(manifest)
    try folder.write(run.resolved, to: .resolved)
    if let values = run.values {
      try folder.write(values)
    } else {
      try folder.write("{", to: .values)
    }
    var history = History()
    for (epoch, loss) in run.losses.enumerated() {
      let values = run.hasValidation ? [loss + 0.1, 0.7, 0.7, 0.7, 0.6 + 0.1 * Double(epoch)] : []
      history.append(
        EpochRecord(
          epoch: epoch + 1, seconds: 1, learningRate: 0.001, loss: loss, accuracy: 0.8,
          validation: Dictionary(uniqueKeysWithValues: zip(Metric.allCases, values))))
    }
    try folder.write(history)
    guard run.status == .completed else { return folder }
    let (labels, predicted) = (run.predictions.map(\.0), run.predictions.map(\.1))
    let table = PredictionTable(
      labels: labels, predicted: predicted,
      probabilities: predicted.flatMap { predicted in
        (0..<classCount).map {
          $0 == predicted ? run.confidence : (1 - run.confidence) / Float(classCount - 1)
        }
      }, classNames: (0..<classCount).map(String.init), indices: run.indices, files: run.files)
    let matrix = table.confusionMatrix
    let scores =
      isFold
      ? Scores(confusionMatrix: matrix, loss: 0.25, probabilities: table.labelled)
      : Scores(confusionMatrix: matrix, loss: 0.25)
    try folder.write(
      Results(
        validation: isFold || run.hasValidation ? scores : nil, test: isFold ? nil : scores,
        weightsEpoch: 2, weightsSHA256: "", epochs: 3,
        trainSeconds: 4.5, imagesPerSecond: 100, stopReason: nil,
        targets: run.targets))
    try folder.write(table)
    for mistake in table.mistakes() {
      if let picture = run.picture {
        try folder.writeMistake(
          picture, of: isFold ? .validation : .test, index: mistake.index)
      }
    }
    return folder
  }

  /// The page about everything recorded.
  func page() throws -> String {
    try ReportPage(Comparison(RunCatalog(paths: [path])), made: Timestamp(seconds: 0)).html
  }

  /// Writes the page into a file and returns its path.
  func writePage() throws -> String {
    try Storage.write(page(), to: path + "/page.html")
    return path + "/page.html"
  }
}

extension RecordedRuns.Run {
  /// A text with everything that could break out of markup.
  static let nastyText = "\"a' & <b> <!-- </script><script>alert(1)</script> ]]>\n猫🙂 \u{7}\u{1B}[2J"

  /// A run all of whose texts are nasty.
  static var nasty: Self {
    var run = Self()
    (run.variant, run.description) = (nastyText, nastyText)
    run.classNames = [nastyText, "two", "{{three}}"]
    run.resolved = "# \(nastyText.replacing("\n", with: " "))\noptimizer: adam\n"
    run.values = .of(.map([("optimizer", .string(nastyText)), (nastyText, .string("a"))]))
    run.command = ["exp", nastyText]
    run.note = nastyText
    return run
  }
}

extension String {
  /// How often `part` is in this text.
  func count(of part: String) -> Int { components(separatedBy: part).count - 1 }

  /// What stands between each `start` and the next `end`.
  func parts(from start: String, to end: String) -> [String] {
    components(separatedBy: start).dropFirst().map { $0.components(separatedBy: end)[0] }
  }
}
