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
    try folder.write([1, 2, 3], to: .weights)
  }

  /// Those of the example; the checksum is that of `printf '\1\2\3' | sha256sum`.
  private let weights = EvaluationRecord.Weights(
    file: .weights, sha256: "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")

  /// Writes an evaluation whose two images are taken for `predicted`.
  private func write(_ predicted: [Int] = [0, 0], as name: String = "other") throws {
    let predictions = PredictionTable(
      labels: [0, 1], predicted: predicted, probabilities: [0.75, 0.25, 0.5, 0.5],
      classNames: classNames)
    try folder.writeEvaluation(
      name, of: .init(part: .test, isHeldOut: false, count: 2, pixels: "ab", labels: "cd"),
      with: weights, scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: 0.5),
      predictions, report: "report\n")
  }

  private func path(_ file: String) -> String { folder.path + "/evaluations/other/" + file }

  @Test func `an evaluation is read back`() throws {
    try write()
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    #expect(evaluation.record.scores.accuracy == 0.5)
    #expect(evaluation.record.images.count == 2)
    #expect(evaluation.record.weights == weights)
    let (predictions, names) = (try evaluation.predictions(), try folder.evaluationNames())
    #expect(predictions.predicted == [0, 0])
    #expect(names == ["other"])
  }

  @Test func `the same data again replaces what was there`() throws {
    try write()
    try write([0, 1])
    let evaluation = try folder.evaluation("other", classNames: classNames)
    #expect(evaluation?.record.scores.accuracy == 1)
  }

  // MARK: ensembles

  /// Writes an evaluation, and an ensemble of its run and another, which gets one more image right.
  private func writeEnsemble() throws -> EnsembleRecord {
    try write()
    let record = try #require(try folder.evaluation("other", classNames: classNames)).record
    let member = ScoredNetwork("pets", folder, record)
    let better = Scores(
      confusionMatrix: ConfusionMatrix(classCount: 2, counts: [1, 0, 0, 1]), loss: 0.25)
    let ensemble = EnsembleRecord(
      of: [member, member], on: record.images, scores: better,
      memberScores: [record.scores, better],
      mcNemar: RecordedTest(against: member, McNemarTest(onlyFirst: 0, onlySecond: 1)))
    try folder.writeEnsemble("other", ensemble, report: "report\n")
    return ensemble
  }

  private func ensemble() throws -> EnsembleRecord? {
    try #require(try folder.evaluation("other", classNames: classNames)).ensemble()
  }

  @Test func `an ensemble is read back`() throws {
    let written = try writeEnsemble()
    let ensemble = try #require(try ensemble())
    #expect(ensemble == written)
    #expect(ensemble.spread(of: .accuracy)?.mean == 0.75)
    #expect(ensemble.members.map(\.run) == Array(repeating: "pets/\(folder.name)", count: 2))
    #expect(ensemble.mcNemar.test.onlySecond == 1)
  }

  @Test func `the record of a test has its statistic and probability`() throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(path("ensemble.json"))
    #expect(text.contains("\"only_this_right\": 1"))
    #expect(text.contains("\"only_other_right\": 0"))
    #expect(text.contains("\"statistic\": 0"))
    #expect(text.contains("\"p_value\": 1"))
  }

  @Test func `an evaluation that is made anew is of no ensemble`() throws {
    _ = try writeEnsemble()
    try write()
    #expect(try ensemble() == nil)
    #expect(Storage.exists(path("evaluation.json")))
    #expect(!Storage.exists(path("ensemble.txt")))
  }

  @Test(arguments: [
    ("\"count\": 2", "\"count\": 3"), ("\"format\": ", "\"format\": 9"),
    ("\"members\"", "\"member\""), ("039058c6", "139058c6"), ("\"spread\"", "\"spreads\""),
    ("\"only_this_right\": 1", "\"only_this_right\": 3"),
    ("\"only_this_right\": 1", "\"only_this_right\": -1"),
    ("\"pixels\": \"ab\"", "\"pixels\": \"b\""),
    ("\"mean\": 0.75", "\"mean\": 0.25"), ("\"mean\": 0.75", "\"mean\": 7.5"),
    ("\"standard_deviation\": 0.", "\"standard_deviation\": -0."), ("\"max\": 1", "\"max\": 11"),
    ("\"loss\": 0.25", "\"loss\": -0.25"), ("\"loss\": 0.25", "\"loss\": \"nan\""),
  ])
  func `what cannot be true of an ensemble is an error`(old: String, new: String) throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(path("ensemble.json"))
    let changed = text.replacing(old, with: new)
    #expect(changed != text)
    try Folder(folder.path + "/evaluations/other").write(changed, to: "ensemble.json")
    #expect(throws: (any Error).self) { try ensemble() }
  }

  @Test func `a member with an endless name is an error`() throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(path("ensemble.json"))
    let name = String(repeating: "x", count: 2000)
    try Folder(folder.path + "/evaluations/other")
      .write(text.replacing("pets/", with: name), to: "ensemble.json")
    #expect(throws: DamagedFileError.self) { try ensemble() }
  }

  @Test func `a link in the place of an ensemble is not followed`() throws {
    _ = try writeEnsemble()
    try Folder(folder.path + "/evaluations/other").removeFile("ensemble.json")
    try #require(symlink("/dev/zero", path("ensemble.json")) == 0)
    #expect(throws: StorageError.self) { try ensemble() }
  }

  // MARK: absence

  @Test func `without evaluations there are none`() throws {
    let (names, evaluation) = (
      try folder.evaluationNames(), try folder.evaluation("other", classNames: classNames)
    )
    #expect(names == [])
    #expect(evaluation == nil)
  }

  @Test func `weights are the scored ones until others take their place`() throws {
    #expect(try folder.has(weights))
    try folder.write([1, 2, 4], to: .weights)
    #expect(try !folder.has(weights))
    try runs.remove(.weights, of: folder)
    #expect(try !folder.has(weights))
  }

  @Test func `a link in the place of weights is an error`() throws {
    try runs.remove(.weights, of: folder)
    try #require(symlink("/dev/zero", folder.path(of: .weights)) == 0)
    #expect(throws: StorageError.self) { try folder.has(weights) }
  }

  @Test func `scores of other classes than the run's are damage`() throws {
    try write()
    #expect(throws: DamagedFileError.self) {
      try folder.evaluation("other", classNames: classNames + ["fish"])
    }
  }

  @Test(arguments: [
    ("\"count\": 2", "\"count\": 3"), ("[1, 0]", "[1, 0, 0]"), ("\"format\": ", "\"format\": 9"),
    ("\"loss\": 0.5", "\"loss\": \"much\""), ("\"loss\": 0.5", "\"loss\": -0.5"),
    ("\"loss\": 0.5", "\"loss\": \"nan\""), ("\"loss\": 0.5", "\"loss\": \"inf\""),
    ("\"loss\": 0.5", "\"loss\": 1e300"), ("\"part\": \"test\"", "\"part\": \"training\""),
    ("weights.safetensors", "log.txt"), ("weights.safetensors", "../../secret"),
    ("\"sha256\"", "\"md5\""), ("\"predictions\"", "\"predicted\""),
  ])
  func `what cannot be true is an error`(old: String, new: String) throws {
    try write()
    let text = try Storage.readText(path("evaluation.json"))
    let changed = text.replacing(old, with: new)
    #expect(changed != text)
    try Folder(folder.path + "/evaluations/other").write(changed, to: "evaluation.json")
    #expect(throws: (any Error).self) {
      try folder.evaluation("other", classNames: classNames)
    }
  }

  @Test func `predictions of another evaluation are damage, with the same scores too`() throws {
    try write()
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    let csv = try Storage.readText(path("predictions.csv"))
    // As if writing an evaluation had ended before its record.
    try Folder(folder.path + "/evaluations/other")
      .write(csv.replacing("0.75,0.25", with: "0.625,0.375"), to: "predictions.csv")
    let error = #expect(throws: DamagedFileError.self) { try evaluation.predictions() }
    #expect(error?.reason == "its checksum is not the one that evaluation.json has")
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
