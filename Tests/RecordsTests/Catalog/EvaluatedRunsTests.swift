import Files
import Metrics
import Records
import Testing

@Suite struct EvaluatedRunsTests {
  private let runs: RunsExample

  init() throws { runs = try RunsExample() }

  private var catalog: RunCatalog { RunCatalog(paths: [runs.root.path]) }

  /// A run with its evaluation `other`, of two images that are both taken for the first class.
  private func addEvaluatedRun(seed: Int) throws -> RunFolder {
    let folder = try runs.addRun(seed: seed)
    let classNames = try folder.manifest().data.classNames
    try folder.write([1, 2, 3], to: .weights)
    var probabilities = [Float](repeating: 0, count: 2 * classNames.count)
    probabilities[0] = 1
    probabilities[classNames.count] = 1
    let predictions = PredictionTable(
      labels: [0, 1], predicted: [0, 0], probabilities: probabilities, classNames: classNames)
    try folder.writeEvaluation(
      "other", of: .init(part: .test, isHeldOut: false, count: 2, pixels: "ab", labels: "cd"),
      with: .init(file: .weights, sha256: SHA256.hexDigest(of: [1, 2, 3])),
      scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: 0.5), predictions,
      report: "")
    return folder
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
      evaluated.catalog.problems.map(\.reason) == [
        "evaluation.json is damaged: it is not complete JSON"
      ])
    #expect(evaluated.unevaluatedCount == 0)
  }
}
