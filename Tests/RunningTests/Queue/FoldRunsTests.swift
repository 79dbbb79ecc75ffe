import Datasets
import ExperimentExamples
import Files
import Foundation
import Plans
import Records
import ReferenceBackend
import Running
import Testing

/// Runs of folds, which are found, shared, resumed and verified as runs of seeds are.
struct FoldRunsTests {
  private let root = NSTemporaryDirectory() + "exp-folds-" + UUID().uuidString
  private let plan: ExperimentPlan

  init() throws {
    let data = "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 16}, folds: 3}"
    let reading = try Reading(
      spec(["data": data, "seeds": "0-1", "training": "{epochs: 1, batch_size: 16}"]))
    plan = try #require(reading.plan, "\(reading.text)")
  }

  private func queue(_ mode: RunQueue.Mode, _ requests: [RunRequest]) -> RunQueue {
    RunQueue(
      requests, mode, .example(root), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), warn: { _ in })
  }

  /// Executes the next run of `queue`, as far as `steps` steps.
  private func execute(_ queue: RunQueue, steps: Int = .max) throws -> Repetition? {
    guard let item = try queue.next() else { return nil }
    var count = 0
    _ = item.runner.execute(
      item.run, observe: { _ in },
      isInterrupted: {
        count += 1
        return count > steps
      })
    return item.request.repetition
  }

  private var records: [RunRecord] {
    RunCatalog(paths: [root]).runs.sorted { $0.repetition < $1.repetition }
  }

  @Test func `there is a run for each seed and fold, in a folder with both in its name`() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let queue = queue(.all, RunRequest.all(of: plan))
    let expected: [Repetition] = [0, 1].flatMap { seed -> [Repetition] in
      [0, 1, 2].map { fold -> Repetition in Repetition(seed: seed, fold: fold) }
    }
    #expect(try (0..<6).compactMap { _ in try execute(queue) } == expected)
    #expect(try execute(queue) == nil)
    #expect(records.map(\.repetition) == expected)
    #expect(Set(records.map(\.specHash)).count == 1)
    #expect(records[4].folder.name.hasSuffix("_fold-1_seed-1"))
    #expect(records[4].fold == Manifest.Fold(index: 1, count: 3, part: .validation))
    // Each fold has other images to choose by, and all have the same test part.
    let images = records[..<3].map { $0.data.contents(of: .validation)?.pixels }
    #expect(Set(images).count == 3)
    #expect(Set(records.map { $0.data.contents(of: .test)?.pixels }).count == 1)
    #expect(records.allSatisfy { $0.data.trainingCount == 40 && $0.data.validationCount == 20 })
  }

  @Test func `what is missing is made, fold by fold, and what stopped goes on`() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    _ = try execute(queue(.all, RunRequest.all(of: plan, seeds: [0], folds: [1])))
    _ = try execute(queue(.all, RunRequest.all(of: plan, seeds: [0], folds: [2])), steps: 1)
    let missing = queue(.missing(retriesFailed: false), RunRequest.all(of: plan, seeds: [0]))
    #expect(
      try (0..<3).map { _ in try execute(missing) }
        == [Repetition(seed: 0, fold: 0), Repetition(seed: 0, fold: 2), nil])
    #expect(missing.settled.completed.count == 1)
    #expect(records.map(\.status) == [.completed, .completed, .completed])
    let resumed = try records[2].folder.manifest()
    #expect(resumed.resumptions.count == 1)
    #expect(resumed.fold?.index == 2)
  }

  @Test func `a fold's resolved spec repeats it, and no other`() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    _ = try execute(queue(.all, RunRequest.all(of: plan, seeds: [1], folds: [2])))
    let folder = try #require(records.first).folder
    let again = try #require(try Reading(folder.text(of: .resolved), file: "resolved.yaml").plan)
    #expect(RunRequest.all(of: again).map(\.repetition) == [Repetition(seed: 1, fold: 2)])
    #expect(again.specHash == plan.specHash)
    #expect(try folder.values().tree[path: "data.folds.only"] != nil)
    #expect(try folder.values().experimentTree[path: "data.folds.only"] == nil)
    #expect(try folder.values().experimentTree[path: "data.folds.count"] == .integer(3))
    let verification = try Verification(
      of: folder, context: .example(root), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), loader: DataLoader())
    #expect(
      try verification.execute(isQuick: false, observe: { _ in }, isInterrupted: { false }).agrees)
  }

  @Test func `a fold that is claimed elsewhere is left alone, and others are not`() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let requests = RunRequest.all(of: plan, seeds: [0])
    let (mine, others) = (
      queue(.missing(retriesFailed: false), requests),
      queue(.missing(retriesFailed: false), requests)
    )
    let item = try #require(try mine.next())
    #expect(item.request.repetition == Repetition(seed: 0, fold: 0))
    #expect(try #require(try others.next()).request.repetition == Repetition(seed: 0, fold: 1))
  }

  @Test func `a record that says another fold than the spec is found out`() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    _ = try execute(queue(.all, RunRequest.all(of: plan, seeds: [0], folds: [0])))
    let folder = try #require(records.first).folder
    let text = try folder.text(of: .manifest)
    #expect(text.contains("\"fold\": {"))
    try folder.write(text.replacing("\"index\": 0", with: "\"index\": 1"), to: .manifest)
    let verification = try Verification(
      of: folder, context: .example(root), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), loader: DataLoader())
    #expect(
      try !verification.execute(isQuick: false, observe: { _ in }, isInterrupted: { false }).agrees)
    try folder.write(text.replacing("\"count\": 3", with: "\"count\": 1000000000"), to: .manifest)
    #expect(RunCatalog(paths: [root]).problems.map(\.reason).joined().contains("'fold' is none of"))
  }
}
