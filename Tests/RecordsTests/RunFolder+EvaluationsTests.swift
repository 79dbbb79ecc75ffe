import Files
import Glibc
import Metrics
import Records
import Testing

@Suite struct RunFolderEvaluationsTests {
  private let example: EvaluationExample
  private var folder: RunFolder { example.folder }

  init() throws { example = try EvaluationExample() }

  @Test func `an evaluation is read back`() throws {
    try example.write()
    let evaluation = try example.evaluation()
    #expect(evaluation.record.scores.accuracy == 0.5)
    #expect(evaluation.record.images.count == 2)
    #expect(evaluation.record.weights == example.weights)
    let (predictions, names) = (try evaluation.predictions(), try folder.evaluationNames())
    #expect(predictions.predicted == [0, 0])
    #expect(names == ["other"])
  }

  @Test func `the same images again renew record, predictions and report`() throws {
    try example.write()
    let before = try Storage.readText(example.path("report.txt"))
    try example.write([0, 1])
    let evaluation = try example.evaluation()
    #expect(evaluation.record.scores.accuracy == 1)
    #expect(try evaluation.predictions().predicted == [0, 1])
    #expect(try Storage.readText(example.path("report.txt")) != before)
    try evaluation.requireReports()
  }

  @Test func `a report on other scores is damage`() throws {
    try example.write()
    let evaluation = try example.evaluation()
    try evaluation.requireReports()
    try Folder(example.path).write("accuracy 1\n", to: "report.txt")
    let error = #expect(throws: DamagedFileError.self) { try evaluation.requireReports() }
    #expect(
      error
        == DamagedFileError(
          path: example.path("report.txt"), reason: "it is not the report on the scores"))
    try Storage.removeTree(example.path("report.txt"))
    #expect(throws: StorageError.self) { try evaluation.requireReports() }
  }

  // MARK: absence

  @Test func `what could not be begun leaves nothing`() throws {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try example.write(requireReplaceable: { throw Refusal() })
    }
    #expect(try Folder(folder.path + "/evaluations").names() == [])
  }

  @Test func `without evaluations there are none`() throws {
    let (names, evaluation) = (
      try folder.evaluationNames(), try folder.evaluation("other", classNames: example.classNames)
    )
    #expect(names == [])
    #expect(evaluation == nil)
  }

  @Test func `a link is a name, so that it is noticed, but an empty folder is none`() throws {
    let place = folder.path + "/evaluations"
    try Storage.createFolder(place + "/empty")
    try #require(symlink("/dev", place + "/link") == 0)
    let names = try folder.evaluationNames()
    #expect(names == ["link"])
    guard case .damaged(let problem) = folder.state(ofEvaluation: "link", classNames: []) else {
      Issue.record("a link is followed")
      return
    }
    #expect(problem.path == place + "/link")
    #expect(folder.state(ofEvaluation: "empty", classNames: []) == nil)
  }

  @Test func `weights are the scored ones until others take their place`() throws {
    /// Whether the evaluation is of other weights.
    func isOutdated() throws -> Bool {
      let states = try folder.evaluationStates(classNames: example.classNames)
      try #require(states.map(\.name) == ["other"])
      if case .outdated = states[0].state { return true }
      return false
    }
    try example.write()
    #expect(try !isOutdated())
    try folder.write([1, 2, 4], to: .weights)
    #expect(try isOutdated())
    try example.runs.remove(.weights, of: folder)
    #expect(try isOutdated())
  }

  @Test func `a test that counts otherwise than the scores is damage`() throws {
    try example.write(mcNemar: McNemarTest(onlyFirst: 1, onlySecond: 1))
    #expect(try example.evaluation().record.mcNemar?.test.pValue == 1)
    // One of the two images is taken for what it is.
    for counts in [(2, 1), (1, 2)] {
      try example.write(mcNemar: McNemarTest(onlyFirst: counts.0, onlySecond: counts.1))
      let error = #expect(throws: DamagedFileError.self) { try example.evaluation() }
      #expect(error?.reason == "it has a test that counts otherwise than the scores")
    }
  }

  @Test func `what has no record, but other files, is named`() throws {
    try example.write()
    #expect(try folder.unrecordedEvaluationNames() == [])
    try Storage.removeTree(example.path("evaluation.json"))
    #expect(try folder.unrecordedEvaluationNames() == ["other"])
  }

  @Test func `a link in the place of weights is an error`() throws {
    try example.write()
    try example.runs.remove(.weights, of: folder)
    try #require(symlink("/dev/zero", folder.path(of: .weights)) == 0)
    let state = folder.state(ofEvaluation: "other", classNames: example.classNames)
    guard case .damaged(let problem) = state else {
      Issue.record("\(String(describing: state))")
      return
    }
    #expect(problem.reason.hasSuffix("it is a link, which is not followed"))
  }

  @Test func `scores of other classes than the run's are damage`() throws {
    try example.write()
    #expect(throws: DamagedFileError.self) {
      try folder.evaluation("other", classNames: example.classNames + ["fish"])
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
    ("\"loss\": 0.5", "\"loss\": -0.5", "'scores' has a loss of -0.5"),
    ("\"loss\": 0.5", "\"loss\": \"nan\"", "it has a loss of nan"),
    ("\"loss\": 0.5", "\"loss\": \"inf\"", "it has a loss of inf"),
    ("\"loss\": 0.5", "\"loss\": 1e300", "'scores' has a loss of 1e+300"),
  ])
  func `what cannot be true is damage`(old: String, new: String, reason: String) throws {
    try example.write()
    try example.replaceAll(old, by: new, in: "evaluation.json")
    let error = #expect(throws: DamagedFileError.self) {
      try folder.evaluation("other", classNames: example.classNames)
    }
    #expect(error == DamagedFileError(path: example.path("evaluation.json"), reason: reason))
  }

  @Test func `predictions of another evaluation are damage, with the same scores too`() throws {
    try example.write()
    let evaluation = try example.evaluation()
    let csv = try Storage.readText(example.path("predictions.csv"))
    // As if writing an evaluation had ended before its record.
    try Folder(example.path)
      .write(csv.replacing("0.75,0.25", with: "0.625,0.375"), to: "predictions.csv")
    let error = #expect(throws: DamagedFileError.self) { try evaluation.predictions() }
    #expect(error?.reason == "its checksum is not the one that evaluation.json has")
  }

  @Test func `a link in its place is not followed`() throws {
    let outside = try example.runs.addRun()
    try example.write()
    try Storage.removeTree(folder.path + "/evaluations")
    try #require(symlink(outside.path, folder.path + "/evaluations") == 0)
    #expect(
      throws: EvaluationObstacle(path: folder.path + "/evaluations", kind: .link)
    ) { try example.write() }
    #expect(throws: StorageError.self) {
      try folder.evaluation("other", classNames: example.classNames)
    }
  }

  @Test func `what stands in the place of its folder or its files is named`() throws {
    func obstacle() -> String? {
      #expect(throws: EvaluationObstacle.self) { try example.write() }?.description
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
    try Storage.createFolder(example.path("predictions.csv"))
    #expect(
      obstacle() == "'\(example.path("predictions.csv"))' is a folder, where a file has to be")
    #expect(!Storage.exists(example.path("report.txt")))
  }
}
