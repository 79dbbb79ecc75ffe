import Files
import Metrics
import Records
import Testing

/// A run whose evaluation `other` has two images, of a cat and of a dog.
struct EvaluationExample {
  let runs: RunsExample
  let folder: RunFolder
  let classNames = ["cat", "dog"]
  let weights = ScoredWeights(file: .weights, sha256: known)

  /// `printf '\1\2\3' | sha256sum`
  static let known = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"

  /// A run that has weights, and no evaluation.
  init() throws {
    runs = try RunsExample()
    folder = try runs.addRun()
    try folder.write([1, 2, 3], to: .weights)
  }

  /// The evaluation's folder.
  var path: String { folder.path + "/evaluations/other" }

  /// The path of a file of the evaluation.
  func path(_ file: String) -> String { path + "/" + file }

  /// Writes the evaluation, whose images are taken for `predicted`, with a test against another network.
  func write(
    _ predicted: [Int] = [0, 0], mcNemar test: McNemarTest? = nil,
    requireReplaceable: () throws -> Void = {}
  ) throws {
    let predictions = PredictionTable(
      labels: [0, 1], predicted: predicted, probabilities: [0.75, 0.25, 0.5, 0.5],
      classNames: classNames)
    func record(_ mcNemar: RecordedTest? = nil) -> EvaluationRecord {
      EvaluationRecord(
        of: weights,
        on: .init(part: .test, isHeldOut: false, count: 2, pixels: "ab", labels: "cd"),
        scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: 0.5), predictions,
        mcNemar: mcNemar)
    }
    let record = record(
      test.map { RecordedTest(against: ScoredNetwork("another", folder, record()), $0) })
    try folder.writeEvaluation(
      "other", record, predictions, requireReplaceable: requireReplaceable)
  }

  /// The evaluation as it is read.
  func evaluation() throws -> EvaluationFolder {
    try #require(try folder.evaluation("other", classNames: classNames))
  }

  /// Replaces all occurrences of `old`, at least one, in a file of the evaluation.
  func replaceAll(_ old: String, by new: String, in file: String) throws {
    let text = try Storage.readText(path(file))
    try #require(text.contains(old), "nothing to replace in \(text)")
    try Folder(path).write(text.replacing(old, with: new), to: file)
  }
}
