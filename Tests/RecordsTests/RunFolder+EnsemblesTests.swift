import Files
import Glibc
import Metrics
import Records
import Testing

@Suite struct RunFolderEnsemblesTests {
  private let example: EvaluationExample
  private var folder: RunFolder { example.folder }

  init() throws { example = try EvaluationExample() }

  /// Writes an evaluation, and an ensemble of its run and another, which gets one more image right. Its classes are
  /// in the order of `classNames` if that is given.
  private func writeEnsemble(_ classNames: [String]? = nil) throws -> EnsembleRecord {
    try example.write()
    let record = try example.evaluation().record
    let member = ScoredNetwork("pets", folder, record)
    let other = EvaluationRecord(
      of: .init(file: .weights, sha256: "other"), on: record.images, scores: record.scores,
      PredictionTable(
        labels: [0, 1], predicted: [1, 1], probabilities: [0.25, 0.75, 0, 1],
        classNames: example.classNames))
    let better = Scores(
      confusionMatrix: ConfusionMatrix(classCount: 2, counts: [1, 0, 0, 1]), loss: 0.25)
    let ensemble = EnsembleRecord(
      of: [member, ScoredNetwork("pets", folder, other)], on: record.images,
      classNames: classNames ?? example.classNames, scores: better,
      memberScores: [record.scores, better],
      mcNemar: RecordedTest(against: member, McNemarTest(onlyFirst: 0, onlySecond: 1)))
    try folder.writeEnsemble("other", ensemble)
    return ensemble
  }

  private func ensemble() throws -> EnsembleRecord? { try example.evaluation().ensemble() }

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
    let text = try Storage.readText(example.path("ensemble.json"))
    #expect(text.contains("\"only_this_right\": 1"))
    #expect(text.contains("\"only_other_right\": 0"))
    #expect(text.contains("\"statistic\": 0"))
    #expect(text.contains("\"p_value\": 1"))
  }

  @Test func `an evaluation that is made anew is of no ensemble`() throws {
    _ = try writeEnsemble()
    try example.write()
    #expect(try ensemble() == nil)
    #expect(Storage.exists(example.path("evaluation.json")))
    #expect(!Storage.exists(example.path("ensemble.txt")))
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
    ("\"loss\": 0.25", "\"loss\": -0.25", "'scores' has a loss of -0.25"),
    ("\"loss\": 0.25", "\"loss\": \"nan\"", "it has a loss of nan"),
    ("\"class_names\"", "\"names\"", "'class_names' is missing"),
    ("\"dog\"", "\"fish\"", "it counts other classes or images"),
  ])
  func `what cannot be true of an ensemble is damage`(
    old: String, new: String, reason: String
  ) throws {
    _ = try writeEnsemble()
    try example.replaceAll(old, by: new, in: "ensemble.json")
    let error = #expect(throws: DamagedFileError.self) { try ensemble() }
    #expect(error == DamagedFileError(path: example.path("ensemble.json"), reason: reason))
  }

  @Test func `an ensemble is tested against its first member`() throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(example.path("ensemble.json"))
    let start = try #require(text.firstRange(of: "\"against\"")).lowerBound
    let changed = String(text[..<start]) + text[start...].replacing("\"pets/", with: "\"cars/")
    try Folder(example.path).write(changed, to: "ensemble.json")
    let error = #expect(throws: DamagedFileError.self) { try ensemble() }
    #expect(error?.reason == "it is tested against another network than its first member")
  }

  @Test func `the same weights are one member, but with their classes in another order`() throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(example.path("ensemble.json"))
    let predictions = text.matches(of: /"predictions": "(\w+)"/).map { String($0.output.1) }
    try example.replaceAll(
      "\"sha256\": \"other\"", by: "\"sha256\": \"\(EvaluationExample.known)\"", in: "ensemble.json"
    )
    #expect(try ensemble()?.members.count == 2)
    try example.replaceAll(predictions[1], by: predictions[0], in: "ensemble.json")
    let error = #expect(throws: DamagedFileError.self) { try ensemble() }
    #expect(error?.reason == "it has a member twice")
  }

  @Test func `an ensemble may number the classes in another way than its run`() throws {
    let written = try writeEnsemble(example.classNames.reversed())
    #expect(try ensemble() == written)
    try example.evaluation().requireReports()
    let lines = try Storage.readText(example.path("ensemble.txt")).split(separator: "\n")
    let classes = lines.compactMap { $0.split(separator: " ").first }.filter {
      ["cat", "dog"].contains($0)
    }
    #expect(classes.first == "dog")
  }

  @Test func `a record of a later format is named as such`() throws {
    _ = try writeEnsemble()
    for file in ["ensemble.json", "evaluation.json"] {
      try example.replaceAll("\"format\": ", by: "\"format\": 9", in: file)
      let error = #expect(throws: OtherFormatError.self) { try ensemble() }
      #expect(error?.path == example.path(file))
    }
  }

  @Test func `a report on an ensemble of other scores is damage`() throws {
    _ = try writeEnsemble()
    let evaluation = try example.evaluation()
    try evaluation.requireReports()
    try example.replaceAll("pets/", by: "cars/", in: "ensemble.txt")
    let altered = #expect(throws: DamagedFileError.self) { try evaluation.requireReports() }
    #expect(altered?.path == example.path("ensemble.txt"))
    _ = try writeEnsemble()
    try Storage.removeTree(example.path("ensemble.json"))
    let alone = #expect(throws: DamagedFileError.self) { try evaluation.requireReports() }
    #expect(alone?.reason == "there is no ensemble.json of which it is")
  }

  @Test func `a member with an endless name is an error`() throws {
    _ = try writeEnsemble()
    let text = try Storage.readText(example.path("ensemble.json"))
    let name = String(repeating: "x", count: 2000)
    try Folder(example.path)
      .write(text.replacing("pets/", with: name), to: "ensemble.json")
    #expect(throws: DamagedFileError.self) { try ensemble() }
  }

  @Test func `a link in the place of an ensemble is not followed`() throws {
    _ = try writeEnsemble()
    try Folder(example.path).removeFile("ensemble.json")
    try #require(symlink("/dev/zero", example.path("ensemble.json")) == 0)
    #expect(throws: StorageError.self) { try ensemble() }
  }
}
