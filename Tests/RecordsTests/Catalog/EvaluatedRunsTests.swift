import Files
import Metrics
import Records
import Testing

@Suite struct EvaluatedRunsTests {
  private let runs: RunsExample

  init() throws { runs = try RunsExample() }

  private var catalog: RunCatalog { RunCatalog(paths: [runs.root.path]) }

  /// A run with its evaluation `other`, of two images that are both taken for the first class.
  @discardableResult
  private func addEvaluatedRun(
    seed: Int, minute: Int = 0, pixels: String = "ab", labels: String = "cd"
  ) throws -> RunFolder {
    let folder = try runs.addRun(seed: seed, started: 1_795_377_966 + 60 * minute)
    try folder.write([1, 2, 3], to: .weights)
    try evaluate(folder, pixels: pixels, labels: labels)
    return folder
  }

  @discardableResult
  private func evaluate(
    _ folder: RunFolder, pixels: String, labels: String
  ) throws -> EvaluationRecord {
    let classNames = try folder.manifest().data.classNames
    var probabilities = [Float](repeating: 0, count: 2 * classNames.count)
    probabilities[0] = 1
    probabilities[classNames.count] = 1
    let predictions = PredictionTable(
      labels: [0, 1], predicted: [0, 0], probabilities: probabilities, classNames: classNames)
    let record = EvaluationRecord(
      of: .init(file: .weights, sha256: SHA256.hexDigest(of: [1, 2, 3])),
      on: .init(part: .test, isHeldOut: false, count: 2, pixels: pixels, labels: labels),
      scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: 0.5), predictions)
    try folder.writeEvaluation("other", record, predictions)
    return record
  }

  @Test func `an ensemble of runs on other images is not said to be of other weights`() throws {
    for seed in [0, 1] { try addEvaluatedRun(seed: seed) }
    let other = try addEvaluatedRun(seed: 2)
    let record = try evaluate(other, pixels: "ef", labels: "cd")
    let manifest = try other.manifest()
    let member = ScoredNetwork(manifest.name, other, record)
    let ensemble = EnsembleRecord(
      of: [member], on: record.images, classNames: manifest.data.classNames,
      scores: record.scores, memberScores: [record.scores],
      mcNemar: RecordedTest(against: member, McNemarTest(onlyFirst: 0, onlySecond: 0)))
    try other.writeEnsemble("other", ensemble)
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.onOtherImages == [other.path])
    #expect(evaluated.ensembles.isEmpty)
    #expect(evaluated.ensemblesOnOtherImagesCount == 1)
    #expect(evaluated.staleEnsembleCount == 0)
  }

  @Test func `an unreadable run is no evaluation`() throws {
    try addEvaluatedRun(seed: 0)
    let damaged = try addEvaluatedRun(seed: 1)
    try damaged.write("{", to: .manifest)
    #expect(catalog.problems.map(\.path) == [damaged.path])
    #expect(catalog.evaluated(on: "othe").isEmpty)
    #expect(!catalog.evaluated(on: "other").isEmpty)
  }

  @Test func `runs on other images than most of their experiment are left out`() throws {
    let most = try [0, 1].map { try addEvaluatedRun(seed: $0) }
    // The latest of all, but alone.
    let other = try addEvaluatedRun(seed: 2, minute: 1, pixels: "ef")
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.catalog.runs.map(\.folder) == most)
    #expect(evaluated.onOtherImages == [other.path])
  }

  @Test func `the same images with other labels are others`() throws {
    let most = try [0, 1].map { try addEvaluatedRun(seed: $0) }
    let other = try addEvaluatedRun(seed: 2, labels: "ef")
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.catalog.runs.map(\.folder) == most)
    #expect(evaluated.onOtherImages == [other.path])
  }

  @Test func `of as many runs on each images, those of the latest count`() throws {
    let earlier = try addEvaluatedRun(seed: 0)
    let latest = try addEvaluatedRun(seed: 1, minute: 1, pixels: "ef")
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.catalog.runs.map(\.folder) == [latest])
    #expect(evaluated.onOtherImages == [earlier.path])
  }

  @Test func `repetitions of one seed, such as copies of a folder, have one vote`() throws {
    let repetitions = try (0..<3).map { try addEvaluatedRun(seed: 0, minute: $0) }
    let most = try [1, 2].map { try addEvaluatedRun(seed: $0, minute: 3, pixels: "ef") }
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.catalog.runs.map(\.folder) == most)
    #expect(evaluated.onOtherImages == repetitions.map(\.path))
  }

  @Test func `of the runs of one seed the latest decides`() throws {
    let superseded = try addEvaluatedRun(seed: 0, pixels: "ef")
    let latest = try addEvaluatedRun(seed: 0, minute: 1)
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.catalog.runs.map(\.folder) == [latest])
    #expect(evaluated.onOtherImages == [superseded.path])
    // On the same images, both are there: which one counts is for the comparison to say.
    try evaluate(superseded, pixels: "ab", labels: "cd")
    #expect(catalog.evaluated(on: "other").catalog.runs.map(\.folder) == [superseded, latest])
  }

  @Test func `the evaluations of completed runs have names`() throws {
    let folder = try addEvaluatedRun(seed: 0)
    try addEvaluatedRun(seed: 1)
    // Nothing was recorded there.
    try Storage.createFolder(folder.path + "/evaluations/another")
    #expect(catalog.evaluationNames() == ["other"])
  }

  @Test func `a run's evaluations are those of its present weights, or outdated`() throws {
    let folder = try addEvaluatedRun(seed: 0)
    func all() throws -> [(name: String, state: EvaluationState<EvaluationRecord>)] {
      try #require(catalog.runs.first).evaluations
    }
    let now = try all()
    #expect(now.map(\.name) == ["other"])
    #expect(now.map(\.state.evaluation?.scores.accuracy) == [0.5])
    #expect(now.map(\.state.isOutdated) == [false])
    try folder.write([1, 2, 4], to: .weights)
    #expect(try all().map(\.state.isOutdated) == [true])
    try Folder(folder.path + "/evaluations/other").write("{", to: "evaluation.json")
    let damaged = try all()
    #expect(damaged.map(\.name) == ["other"])
    #expect(damaged[0].state.evaluation == nil)
    #expect(damaged.map(\.state.problem?.path) == [folder.path + "/evaluations/other"])
  }

  @Test func `scores and images are those of the evaluation`() throws {
    let folder = try addEvaluatedRun(seed: 0)
    try runs.addRun(seed: 1)
    let evaluated = catalog.evaluated(on: "other")
    let run = try #require(evaluated.catalog.runs.first)
    #expect(evaluated.catalog.runs.map(\.folder) == [folder])
    #expect(run.results?.test?.accuracy == 0.5)
    #expect(run.data.testCount == 2)
    #expect(run.data.contents(of: .test)?.pixels == "ab")
    #expect(evaluated.unevaluatedCount == 1)
    #expect(catalog.evaluated(on: "othe").isEmpty)
  }

  @Test func `an evaluation of other weights is outdated`() throws {
    let folder = try addEvaluatedRun(seed: 0)
    try folder.write([1, 2, 4], to: .weights)
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.outdated == [folder.path])
    #expect(evaluated.catalog.runs.isEmpty)
    #expect(evaluated.unevaluatedCount == 0)
  }

  @Test func `a damaged evaluation is a problem of its run`() throws {
    let folder = try addEvaluatedRun(seed: 0)
    try Folder(folder.path + "/evaluations/other").write("{", to: "evaluation.json")
    let evaluated = catalog.evaluated(on: "other")
    #expect(
      evaluated.catalog.problems == [
        RunProblem(
          path: folder.path(ofEvaluation: "other"),
          reason: "evaluation.json is damaged: it is not complete JSON")
      ])
    #expect(!evaluated.isEmpty)
    #expect(evaluated.unevaluatedCount == 0)
  }
}
