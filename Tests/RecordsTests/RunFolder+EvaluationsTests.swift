import Files
import Glibc
import Metrics
import Records
import Testing

@Suite struct RunFolderEvaluationsTests {
  private let runs: RunsExample
  private let folder: RunFolder
  private let classNames = ["cat", "dog"]

  init() throws {
    runs = try RunsExample()
    folder = try runs.addRun()
  }

  /// Writes an evaluation whose two images are taken for `predicted`.
  private func write(_ predicted: [Int] = [0, 0], as name: String = "other") throws {
    let predictions = PredictionTable(
      labels: [0, 1], predicted: predicted, probabilities: [0.75, 0.25, 0.5, 0.5],
      classNames: classNames)
    let record = EvaluationRecord(
      dataset: "image_folder",
      images: .init(part: .test, isHeldOut: false, count: 2, pixels: "ab", labels: "cd"),
      weights: "best", scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: 0.5))
    try folder.write(record, predictions, report: "report\n", as: name)
  }

  @Test func `an evaluation is read back`() throws {
    try write()
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    #expect(evaluation.scores.accuracy == 0.5)
    #expect(evaluation.images.count == 2)
    #expect(evaluation.weights == "best")
    let predictions = try folder.predictions(of: "other", evaluation, classNames: classNames)
    #expect(predictions.predicted == [0, 0])
    let names = try folder.evaluationNames()
    #expect(names == ["other"])
  }

  @Test func `the same data again replaces what was there`() throws {
    try write()
    try write([0, 1])
    let evaluation = try folder.evaluation("other", classNames: classNames)
    #expect(evaluation?.scores.accuracy == 1)
  }

  @Test func `without evaluations there are none`() throws {
    let (names, evaluation) = (
      try folder.evaluationNames(), try folder.evaluation("other", classNames: classNames)
    )
    #expect(names == [])
    #expect(evaluation == nil)
  }

  @Test func `scores of other classes than the run's are damage`() throws {
    try write()
    #expect(throws: DamagedFileError.self) {
      try folder.evaluation("other", classNames: classNames + ["fish"])
    }
  }

  @Test(arguments: [
    ("\"count\": 2", "\"count\": 3"), ("[1, 0]", "[1, 0, 0]"), ("\"format\": ", "\"format\": 9"),
    ("\"loss\": 0.5", "\"loss\": \"much\""),
  ])
  func `what cannot be true is an error`(old: String, new: String) throws {
    try write()
    let path = folder.path + "/evaluations/other/evaluation.json"
    let text = try Storage.readText(path)
    let changed = text.replacing(old, with: new)
    #expect(changed != text)
    try Folder(folder.path + "/evaluations/other").write(changed, to: "evaluation.json")
    #expect(throws: (any Error).self) {
      try folder.evaluation("other", classNames: classNames)
    }
  }

  @Test func `predictions of another evaluation are damage`() throws {
    try write()
    try write([0, 1], as: "second")
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    #expect(throws: DamagedFileError.self) {
      try folder.predictions(of: "second", evaluation, classNames: classNames)
    }
  }

  @Test func `a link in its place is not followed`() throws {
    let outside = try runs.addRun()
    try write()
    try Storage.removeTree(folder.path + "/evaluations")
    try #require(symlink(outside.path, folder.path + "/evaluations") == 0)
    #expect(throws: StorageError.self) { try write() }
    #expect(throws: StorageError.self) {
      try folder.evaluation("other", classNames: classNames)
    }
  }
}
