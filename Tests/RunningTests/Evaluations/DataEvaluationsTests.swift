import Datasets
import ExperimentExamples
import Files
import Foundation
import Metrics
import Records
import ReferenceBackend
import Running
import Tensors
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
  private func otherDigits(seed: Int = 5, size: Int = 16) throws -> TestSet {
    let data =
      "{dataset: {type: synthetic_digits, training: 20, test: 30, size: \(size), seed: \(seed)}}"
    let plan = try #require(try Reading(spec(["data": data])).plan)
    return try TestSet(plan.spec.data, from: DataLocations())
  }

  private func evaluations(_ weights: SavedModel.WeightsChoice = .best) throws -> DataEvaluations {
    var evaluations = DataEvaluations(
      on: try otherDigits(), recordedAs: "other", makeEnsemble: true, backend: ReferenceBackend())
    for run in catalog.runs {
      try evaluations.record(evaluations.add(SavedModel(run.folder, weights)))
    }
    return evaluations
  }

  private func recorded(of folder: RunFolder) throws -> EvaluationFolder {
    let classNames = try folder.manifest().data.classNames
    return try #require(try folder.evaluation("other", classNames: classNames))
  }

  @Test func `an ensemble has the mean probabilities, and the scores that follow from them`()
    throws
  {
    for seed in 0..<3 { try run(seed: seed) }
    let found = try evaluations()
    let members = found.rows.map(\.evaluation.predictions)
    let mean = found.ensemble().evaluation
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
    var files: [RunFile] = []
    var losses: Set<Double> = []
    for weights in SavedModel.WeightsChoice.allCases {
      let scores = try evaluations(weights).rows[0].evaluation.scores
      let recorded = try recorded(of: folder).record
      #expect(recorded.scores == scores)
      #expect(
        try recorded.weights.sha256
          == SHA256().hexDigest(ofFile: folder.path(of: recorded.weights.file)))
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

  @Test func `each run's record has McNemar's test against the first`() throws {
    for seed in 0..<3 { try run(seed: seed) }
    let rows = try evaluations().rows
    let folders = catalog.runs.map(\.folder)
    let records = try folders.map { try recorded(of: $0).record }
    #expect(records[0].mcNemar == nil)
    func isRight(_ run: Int) -> [Bool] {
      let table = rows[run].evaluation.predictions
      return zip(table.labels, table.predicted).map { $0 == $1 }
    }
    for run in 1..<3 {
      let test = try #require(records[run].mcNemar)
      #expect(test.against.run == "\(catalog.runs[0].name)/\(folders[0].name)")
      #expect(test.against.weights == records[0].weights)
      #expect(test.test.onlyFirst == zip(isRight(0), isRight(run)).count { $0 && !$1 })
      #expect(test.test.onlySecond == zip(isRight(0), isRight(run)).count { !$0 && $1 })
    }
  }

  @Test func `an ensemble is recorded beside the evaluation of each member`() throws {
    for seed in 0..<3 { try run(seed: seed) }
    let found = try evaluations()
    let ensemble = found.ensemble()
    #expect(found.record(ensemble).isEmpty)
    let (mean, record) = (ensemble.evaluation, ensemble.record)
    #expect(ensemble.notes == [])
    let accuracies = found.rows.map(\.evaluation.scores.accuracy)
    #expect(Set(accuracies).count > 1)
    let losses = found.rows.map(\.evaluation.predictions.crossEntropy)
    for (row, run) in zip(found.rows, catalog.runs) {
      let recorded = try recorded(of: run.folder)
      let ensemble = try #require(try recorded.ensemble())
      #expect(ensemble == record)
      #expect(ensemble.scores == mean.scores)
      #expect(ensemble.images == recorded.record.images)
      #expect(ensemble.members.contains { $0.weights == recorded.record.weights })
      #expect(row.run == run.folder.path)
    }
    #expect(record.members.map(\.run) == catalog.runs.map { "\($0.name)/\($0.folder.name)" })
    for (metric, values) in [(Metric.accuracy, accuracies), (.loss, losses)] {
      let spread = try #require(record.spread(of: metric))
      let mean = values.reduce(0, +) / 3
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
      #expect(abs(spread.mean - mean) < 1e-12)
      #expect(abs(try #require(spread.standardDeviation) - variance.squareRoot()) < 1e-12)
      #expect([spread.min, spread.max] == [values.min(), values.max()])
    }
    #expect(catalog.evaluated(on: "other").ensembles == [record])
    // Scored anew without the others, a run is no longer known as a member.
    _ = try evaluations()
    #expect(catalog.evaluated(on: "other").ensembles.isEmpty)
  }

  @Test func `scores on other images are not to be replaced, those on the same are`() throws {
    try run(seed: 0)
    _ = try evaluations()
    try catalog.requireNoOtherEvaluation("other", than: otherDigits(), .best)
    try catalog.requireNoOtherEvaluation("another", than: otherDigits(seed: 6), .best)
    let error = #expect(throws: EvaluationExistsError.self) {
      try catalog.requireNoOtherEvaluation("other", than: otherDigits(seed: 6), .best)
    }
    #expect(error?.path.hasSuffix("/evaluations/other") == true)
    #expect(error?.difference == .images)
  }

  @Test func `other labels of the same images are said to be that`() throws {
    let folder = try run(seed: 0)
    _ = try evaluations()
    let file = "\(folder.path)/evaluations/other/evaluation.json"
    let labels = try recorded(of: folder).record.images.labels
    try Storage.write(Storage.readText(file).replacing(labels, with: "ab"), to: file)
    let error = #expect(throws: EvaluationExistsError.self) {
      try catalog.requireNoOtherEvaluation("other", than: otherDigits(), .best)
    }
    #expect(error?.difference == .labels)
    #expect(error?.description.contains("on the same images with other labels\n") == true)
  }

  @Test func `what is not scored replaces nothing`() throws {
    let folder = try run(seed: 0)
    _ = try evaluations()
    // Neither do images of another size fit the network, nor has it the last weights any more.
    try catalog.requireNoOtherEvaluation("other", than: otherDigits(seed: 6, size: 20), .best)
    try Storage.removeTree(folder.path(of: .lastWeights))
    try catalog.requireNoOtherEvaluation("other", than: otherDigits(seed: 6), .last)
    // What no scores replace is no matter of consent.
    try Storage.removeTree(folder.path + "/evaluations")
    try Storage.write("", to: folder.path + "/evaluations")
    try catalog.requireNoOtherEvaluation("other", than: otherDigits(seed: 6), .best)
  }

  @Test func `of two who score on other images under one name, one replaces nothing`() throws {
    let folder = try run(seed: 0)
    let sets = [try otherDigits(), try otherDigits(seed: 6)]
    let rows = try sets.map { set in
      var evaluations = DataEvaluations(on: set, recordedAs: "other", backend: ReferenceBackend())
      return (evaluations, try evaluations.add(SavedModel(folder)))
    }
    for _ in 0..<20 {
      let outcomes = [0, 1].concurrentMap(portion: 1) { number in
        Result { () throws(EvaluationNotRecordedError) in
          try rows[number].0.record(rows[number].1)
        }
      }
      let written = outcomes.indices.filter { (try? outcomes[$0].get()) != nil }
      try #require(written.count == 1, "\(outcomes)")
      let recorded = try recorded(of: folder)
      #expect(recorded.record == rows[written[0]].1.record)
      _ = try recorded.predictions()
      try recorded.requireReports()
      #expect(try Folder(folder.path + "/evaluations").names() == ["other"])
      try Storage.removeTree(folder.path + "/evaluations")
    }
  }

  @Test func `networks of other images make no ensemble`() throws {
    try run(seed: 0)
    let other = try RunsFolder([
      "data": "{dataset: {type: synthetic_digits, training: 30, test: 20, size: 20}}"
    ])
    let folder = other.runner.execute(
      try other.begin(seed: 0), observe: { _ in }, isInterrupted: { false }
    ).folder
    var evaluations = DataEvaluations(
      on: try otherDigits(), recordedAs: "other", makeEnsemble: true, backend: ReferenceBackend())
    try evaluations.add(SavedModel(catalog.runs[0].folder))
    let error = #expect(throws: EnsembleError.self) { try evaluations.add(SavedModel(folder)) }
    #expect(error?.runs == [catalog.runs[0].folder.path, folder.path])
    let shapes = [16, 20].map { ImageShape(height: $0, width: $0, channels: 1) }
    #expect(error?.difference == .images(shapes))
  }

  @Test func `scores that cannot be recorded are there all the same`() throws {
    let folder = try run(seed: 0)
    try Storage.write("", to: folder.path + "/evaluations")
    var evaluations = DataEvaluations(
      on: try otherDigits(), recordedAs: "other", backend: ReferenceBackend())
    let row = try evaluations.add(SavedModel(folder))
    #expect(row.evaluation.scores.confusionMatrix.sampleCount == 30)
    let error = #expect(throws: EvaluationNotRecordedError.self) { try evaluations.record(row) }
    #expect(error?.exitStatus == .inputOutput)
    #expect(
      error?.description == """
        the scores of \(folder.path) are not recorded: '\(folder.path)/evaluations' is a file, \
        where a folder has to be
        hint: take away what stands there
        """)
  }

  @Test func `an ensemble that one folder does not take is recorded in the others`() throws {
    for seed in 0..<2 { try run(seed: seed) }
    let found = try evaluations()
    let folders = catalog.runs.map(\.folder)
    try Storage.createFolder(folders[0].path(ofEvaluation: "other") + "/ensemble.json")
    let failures = found.record(found.ensemble())
    #expect(failures.map(\.run) == [folders[0].path])
    #expect(failures.map(\.part) == [.ensemble])
    #expect(
      failures.first?.description.hasPrefix(
        "the scores of \(folders[0].path) are recorded, but not their ensemble: ") == true)
    #expect(try recorded(of: folders[1]).ensemble() != nil)
  }

  @Test func `an ensemble is recorded nowhere unless the scores of all are`() throws {
    for seed in 0..<3 { try run(seed: seed) }
    let found = try evaluations()
    let folders = catalog.runs.map(\.folder)
    try Storage.createFolder(folders[1].path(ofEvaluation: "other") + "/ensemble.json")
    let failures = found.recordAll(with: found.ensemble())
    #expect(failures.map(\.run) == [folders[1].path])
    #expect(failures.map(\.part) == [.scores])
    for folder in [folders[0], folders[2]] { #expect(try recorded(of: folder).ensemble() == nil) }
    try Storage.removeTree(folders[1].path(ofEvaluation: "other") + "/ensemble.json")
    #expect(found.recordAll(with: found.ensemble()).isEmpty)
    for folder in folders { #expect(try recorded(of: folder).ensemble() != nil) }
  }

  @Test func `a run and its copy are one member of an ensemble`() throws {
    let folders = try (0..<2).map { try run(seed: $0) }
    let alone = try evaluations().ensemble()
    let copy = folders[0].path + "-copy"
    try FileManager.default.copyItem(atPath: folders[0].path, toPath: copy)
    let found = try evaluations()
    let ensemble = found.ensemble()
    #expect(found.rows.count == 3)
    #expect(
      ensemble.evaluation.predictions.probabilities == alone.evaluation.predictions.probabilities)
    #expect(ensemble.record.members.count == 2)
    #expect(ensemble.record.spread == alone.record.spread)
    #expect(
      ensemble.notes == [
        "\(copy) has the same weights as \(folders[0].path): the ensemble has them once"
      ])
    #expect(found.record(ensemble).isEmpty)
    #expect(catalog.evaluated(on: "other").ensembles == [ensemble.record])
  }
}
