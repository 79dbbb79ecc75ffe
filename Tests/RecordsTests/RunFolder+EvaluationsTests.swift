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

  /// `printf '\1\2\3' | sha256sum`
  private static let known = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"
  private let weights = EvaluationRecord.Weights(file: .weights, sha256: known)

  /// Writes an evaluation whose two images are taken for `predicted`.
  private func write(_ predicted: [Int] = [0, 0], as name: String = "other") throws {
    let predictions = PredictionTable(
      labels: [0, 1], predicted: predicted, probabilities: [0.75, 0.25, 0.5, 0.5],
      classNames: classNames)
    let record = EvaluationRecord(
      of: weights,
      on: .init(part: .test, isHeldOut: false, count: 2, pixels: "ab", labels: "cd"),
      scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: 0.5), predictions)
    try folder.writeEvaluation(name, record, predictions)
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

  @Test func `the same images again renew record, predictions and report`() throws {
    try write()
    let before = try Storage.readText(path("report.txt"))
    try write([0, 1])
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    #expect(evaluation.record.scores.accuracy == 1)
    #expect(try evaluation.predictions().predicted == [0, 1])
    #expect(try Storage.readText(path("report.txt")) != before)
    try evaluation.requireReports()
  }

  @Test func `a report on other scores is damage`() throws {
    try write()
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    try evaluation.requireReports()
    try Folder(folder.path + "/evaluations/other").write("accuracy 1\n", to: "report.txt")
    let error = #expect(throws: DamagedFileError.self) { try evaluation.requireReports() }
    #expect(
      error
        == DamagedFileError(
          path: path("report.txt"), reason: "it is not the report on the scores"))
    try Storage.removeTree(path("report.txt"))
    #expect(throws: StorageError.self) { try evaluation.requireReports() }
  }

  // MARK: ensembles

  /// Writes an evaluation, and an ensemble of its run and another, which gets one more image right.
  private func writeEnsemble() throws -> EnsembleRecord {
    try write()
    let record = try #require(try folder.evaluation("other", classNames: classNames)).record
    let member = ScoredNetwork("pets", folder, record)
    let other = EvaluationRecord(
      of: .init(file: .weights, sha256: "other"), on: record.images, scores: record.scores,
      PredictionTable(
        labels: [0, 1], predicted: [1, 1], probabilities: [0.25, 0.75, 0, 1],
        classNames: classNames))
    let better = Scores(
      confusionMatrix: ConfusionMatrix(classCount: 2, counts: [1, 0, 0, 1]), loss: 0.25)
    let ensemble = EnsembleRecord(
      of: [member, ScoredNetwork("pets", folder, other)], on: record.images, scores: better,
      memberScores: [record.scores, better],
      mcNemar: RecordedTest(against: member, McNemarTest(onlyFirst: 0, onlySecond: 1)))
    try folder.writeEnsemble("other", ensemble, classNames: classNames)
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

  private static let otherThanEvaluation =
    "the images or predictions that evaluation.json has are not among its own"
  private static let impossibleTest = "it has a test that counts otherwise than the scores"
  private static let impossibleSpread = "it has a spread that no scores have"

  @Test(arguments: [
    ("\"count\": 2", "\"count\": 3", "it counts other classes or images"),
    ("\"members\"", "\"member\"", "'members' is missing"),
    ("039058c6", "139058c6", otherThanEvaluation),
    ("\"pixels\": \"ab\"", "\"pixels\": \"b\"", otherThanEvaluation),
    ("\"sha256\": \"other\"", "\"sha256\": \"\(known)\"", "it has a member twice"),
    ("\"spread\"", "\"spreads\"", "'spread' is missing"),
    ("\"only_this_right\": 1", "\"only_this_right\": 3", impossibleTest),
    ("\"only_other_right\": 0", "\"only_other_right\": 1", impossibleTest),
    (
      "\"only_this_right\": 1", "\"only_this_right\": -1",
      "'mcnemar.only_this_right' cannot be -1"
    ),
    ("\"mean\": 0.75", "\"mean\": 0.25", impossibleSpread),
    ("\"mean\": 0.75", "\"mean\": 7.5", impossibleSpread),
    ("\"standard_deviation\": 0.", "\"standard_deviation\": -0.", impossibleSpread),
    ("\"max\": 1", "\"max\": 11", impossibleSpread),
    ("\"metric\": \"f1_macro\"", "\"metric\": \"accuracy\"", "it has two spreads of one metric"),
  ])
  func `what cannot be true of an ensemble is damage`(
    old: String, new: String, reason: String
  ) throws {
    _ = try writeEnsemble()
    try replaceAll(old, by: new, in: "ensemble.json")
    let error = #expect(throws: DamagedFileError.self) { try ensemble() }
    #expect(error == DamagedFileError(path: path("ensemble.json"), reason: reason))
  }

  @Test func `an ensemble is tested against its first member`() throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(path("ensemble.json"))
    let start = try #require(text.firstRange(of: "\"against\"")).lowerBound
    let changed = String(text[..<start]) + text[start...].replacing("\"pets/", with: "\"cars/")
    try Folder(folder.path + "/evaluations/other").write(changed, to: "ensemble.json")
    let error = #expect(throws: DamagedFileError.self) { try ensemble() }
    #expect(error?.reason == "it is tested against another network than its first member")
  }

  @Test func `a record of a later format is named as such`() throws {
    _ = try writeEnsemble()
    for file in ["ensemble.json", "evaluation.json"] {
      try replaceAll("\"format\": ", by: "\"format\": 9", in: file)
      let error = #expect(throws: OtherFormatError.self) { try ensemble() }
      #expect(error?.path == path(file))
    }
  }

  @Test func `a report on an ensemble of other scores is damage`() throws {
    _ = try writeEnsemble()
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    try evaluation.requireReports()
    try replaceAll("pets/", by: "cars/", in: "ensemble.txt")
    let altered = #expect(throws: DamagedFileError.self) { try evaluation.requireReports() }
    #expect(altered?.path == path("ensemble.txt"))
    _ = try writeEnsemble()
    try Storage.removeTree(path("ensemble.json"))
    let alone = #expect(throws: DamagedFileError.self) { try evaluation.requireReports() }
    #expect(alone?.reason == "there is no ensemble.json of which it is")
  }

  private func replaceAll(_ old: String, by new: String, in file: String) throws {
    let text = try Storage.readText(path(file))
    try #require(text.contains(old), "nothing to replace in \(text)")
    try Folder(folder.path + "/evaluations/other").write(text.replacing(old, with: new), to: file)
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
    ("\"count\": 2", "\"count\": 3", "it counts other classes or images"),
    ("[1, 0]", "[1, 0, 0]", "'scores.confusion_matrix' has to be square"),
    ("\"loss\": 0.5", "\"loss\": \"much\"", "'scores.loss' has the wrong type"),
    ("\"part\": \"test\"", "\"part\": \"training\"", "it is not of test images"),
    ("weights.safetensors", "log.txt", "it is of a file that has no weights"),
    ("weights.safetensors", "../../secret", "'weights.file' cannot be '../../secret'"),
    ("\"sha256\"", "\"md5\"", "'weights.sha256' is missing"),
    ("\"predictions\"", "\"predicted\"", "'predictions' is missing"),
  ])
  func `what cannot be true is damage`(old: String, new: String, reason: String) throws {
    try write()
    try replaceAll(old, by: new, in: "evaluation.json")
    let error = #expect(throws: DamagedFileError.self) {
      try folder.evaluation("other", classNames: classNames)
    }
    #expect(error == DamagedFileError(path: path("evaluation.json"), reason: reason))
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
    #expect(
      throws: EvaluationObstacle(path: folder.path + "/evaluations", kind: .link)
    ) { try write() }
    #expect(throws: StorageError.self) {
      try folder.evaluation("other", classNames: classNames)
    }
  }

  @Test func `what stands in the place of its folder or its files is named`() throws {
    func obstacle() -> String? {
      #expect(throws: EvaluationObstacle.self) { try write() }?.description
    }
    try folder.requireRoom(forEvaluation: "other")
    let place = folder.path + "/evaluations"
    try Folder(folder.path).write("", to: "evaluations")
    #expect(obstacle() == "'\(place)' is a file, where a folder has to be")
    try Folder(folder.path).removeFile("evaluations")
    try Storage.createFolder(place)
    try #require(symlink("/dev", place + "/other") == 0)
    #expect(obstacle() == "'\(place)/other' is a link, where a folder has to be")
    try Folder(place).removeFile("other")
    try Storage.createFolder(path("predictions.csv"))
    #expect(obstacle() == "'\(path("predictions.csv"))' is a folder, where a file has to be")
    #expect(!Storage.exists(path("report.txt")))
  }
}
