import Datasets
import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import Testing

@Suite struct DataEvaluationsTests {
  /// The best epoch is not the last one: the learning rate only falls.
  private static let bestAndLast = [
    "optimizer":
      "{type: sgd, learning_rate: {type: piecewise_constant, boundaries: [3, 6], values: [0.1, 0.1, 0.01]}}",
    "callbacks":
      "[{type: model_checkpoint, monitor: learning_rate, mode: max, save_best_only: true, save_last: true}]",
  ]

  private let runs: RunsFolder
  private var catalog: RunCatalog { RunCatalog(paths: [runs.path]) }

  init() throws { runs = try RunsFolder(Self.bestAndLast) }

  @discardableResult
  private func run(seed: Int, stepsBeforeEnd: Int = .max) throws -> RunFolder {
    var steps = 0
    return runs.runner.execute(
      try runs.begin(seed: seed), observe: { _ in },
      isInterrupted: {
        steps += 1
        return steps > stepsBeforeEnd
      }
    ).folder
  }

  /// Digits that no run has seen.
  private func otherDigits() throws -> TestSet {
    let data = "{dataset: {type: synthetic_digits, training: 20, test: 30, size: 16, seed: 5}}"
    let plan = try #require(try Reading(spec(["data": data])).plan)
    return try TestSet(plan.spec.data, from: DataLocations())
  }

  private func evaluations(
    _ weights: SavedModel.Weights = .best, isEnsemble: Bool = false
  ) throws -> DataEvaluations {
    try DataEvaluations(
      of: SavedModels(of: catalog, weights, isEnsemble: isEnsemble), on: otherDigits(),
      recordedAs: "other", backend: ReferenceBackend())
  }

  @Test func `an ensemble has the mean probabilities, and the scores that follow from them`()
    throws
  {
    for seed in 0..<3 { try run(seed: seed) }
    let found = try evaluations(isEnsemble: true)
    let members = found.rows.map(\.evaluation.predictions)
    let mean = try #require(found.mean)
    #expect(Set(members.map(\.probabilities)).count == 3)
    let means = members[0].probabilities.indices.map { place in
      members.reduce(0) { $0 + Double($1.probabilities[place]) } / 3
    }
    #expect(
      zip(mean.predictions.probabilities, means).allSatisfy { abs(Double($0) - $1) < 1e-7 })
    let labels = members[0].labels
    #expect(labels.count == 30)
    var (right, loss) = (0, 0.0)
    for (image, label) in labels.enumerated() {
      let row = means[image * 10..<image * 10 + 10]
      if row.max() == row[row.startIndex + label] { right += 1 }
      loss -= log(row[row.startIndex + label]) / 30
    }
    #expect(mean.scores.accuracy == Double(right) / 30)
    #expect(abs(mean.scores.loss - loss) < 1e-6)
  }

  @Test func `what is recorded are the scores of the weights that were asked for`() throws {
    let folder = try run(seed: 0)
    let classNames = try folder.manifest().data.classNames
    var files: [RunFile] = []
    var losses: Set<Double> = []
    for weights in SavedModel.Weights.allCases {
      let scores = try evaluations(weights).rows[0].evaluation.scores
      let recorded = try #require(try folder.evaluation("other", classNames: classNames)?.record)
      #expect(recorded.scores == scores)
      #expect(try folder.has(recorded.weights))
      files.append(recorded.weights.file)
      losses.insert(scores.loss)
    }
    #expect(files == [.weights, .lastWeights])
    #expect(losses.count == 2)
  }

  @Test func `what an unfinished run's weights score does not count for those that it ends with`()
    throws
  {
    // Two epochs of three steps; then 'save_best_only' has not seen the third.
    let folder = try run(seed: 0, stepsBeforeEnd: 4)
    _ = try evaluations(.last)
    #expect(catalog.evaluated(on: "other").unevaluatedCount == 1)
    let resumption = try Resumption(
      of: folder, context: .example(runs.path), backend: ReferenceBackend(),
      locations: DataLocations(), loader: DataLoader(), warn: { _ in })
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in }, isInterrupted: { false })
    #expect(outcome.status == .completed)
    let evaluated = catalog.evaluated(on: "other")
    #expect(evaluated.outdated == [folder.path])
    #expect(evaluated.catalog.runs.isEmpty)
    let again = try evaluations(.last).rows[0].evaluation.scores
    #expect(catalog.evaluated(on: "other").catalog.runs.map(\.results?.test) == [again])
  }

  @Test func `runs without weights are skipped, but not from an ensemble`() throws {
    try run(seed: 0)
    let stopped = try run(seed: 1, stepsBeforeEnd: 0)
    let models = try SavedModels(of: catalog)
    #expect(models.all.count == 1)
    #expect(models.skipped.map(\.run) == [stopped.path])
    #expect(throws: NoWeightsError.self) { try SavedModels(of: catalog, isEnsemble: true) }
  }
}
