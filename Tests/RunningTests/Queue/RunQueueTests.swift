import Datasets
import ExperimentExamples
import Files
import Foundation
import Plans
import Records
import ReferenceBackend
import Running
import Testing

@Suite struct RunQueueTests {
  private let root: String
  private let plan: ExperimentPlan

  init() throws {
    root = NSTemporaryDirectory() + "exp-queue-" + UUID().uuidString
    plan = try #require(try Reading(spec()).plan)
  }

  private func queue(_ mode: RunQueue.Mode, seeds: ClosedRange<Int> = 0...2) -> RunQueue {
    RunQueue(
      seeds.map { RunRequest(plan, seed: $0) }, mode, .example(root), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), warn: { _ in })
  }

  /// Executes the next run of `queue`, as far as `steps` steps, and returns its seed.
  private func execute(_ queue: RunQueue, steps: Int = .max) throws -> Int? {
    guard let item = try queue.next() else { return nil }
    var count = 0
    _ = item.runner.execute(
      item.run, observe: { _ in },
      isInterrupted: {
        count += 1
        return count > steps
      })
    return item.request.seed
  }

  private func remove() { try? FileManager.default.removeItem(atPath: root) }

  private var statuses: [RunStatus] {
    RunCatalog(paths: [root]).runs.sorted { $0.seed < $1.seed }.map(\.status)
  }

  @Test func everyRequestIsANewRun() throws {
    defer { remove() }
    for _ in 0..<2 {
      let queue = queue(.all)
      #expect(try (0..<4).map { _ in try execute(queue) } == [0, 1, 2, nil])
    }
    #expect(statuses.count == 6)
  }

  @Test func whatIsDoneIsNotDoneAgain() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 1...1))
    let queue = queue(.missing(retriesFailed: false))
    #expect(try (0..<3).map { _ in try execute(queue) } == [0, 2, nil])
    #expect(queue.settled.completed == 1)
    #expect(statuses == [.completed, .completed, .completed])
  }

  @Test func whatStoppedGoesOn() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let mine = queue(.missing(retriesFailed: false), seeds: 0...0)
    let item = try #require(try mine.next())
    #expect(item.run.place == "in epoch 1, after step 2")
    #expect(item.run.folder.isLocked)
    #expect(
      try queue(.missing(retriesFailed: false), seeds: 0...0).next() == nil, "by nobody else")
  }

  @Test func whatAnotherProcessWorksOnIsLeftToIt() throws {
    defer { remove() }
    let (first, second) = (
      queue(.missing(retriesFailed: false)), queue(.missing(retriesFailed: false))
    )
    // The run that the first works on is locked as long as the item is there.
    let item = try #require(try first.next())
    #expect(item.request.seed == 0)
    #expect(try (0..<3).map { _ in try execute(second) } == [1, 2, nil])
    #expect(second.settled.running == 1)
    #expect(try first.next() == nil)
    #expect(first.settled.completed == 2)
    withExtendedLifetime(item) {}
  }

  @Test func whatTheOtherLeftBehindIsTakenUp() throws {
    defer { remove() }
    let second = queue(.missing(retriesFailed: false))
    do {
      let first = queue(.missing(retriesFailed: false))
      let item = try #require(try first.next())
      #expect(try execute(second) == 1)
      withExtendedLifetime(item) {}
    }
    // The first is gone, and with it its lock.
    #expect(try (0..<3).map { _ in try execute(second) } == [0, 2, nil])
    #expect(statuses == [.completed, .completed, .completed])
  }

  /// A run that cannot be read for a moment is not given up for a new one.
  @Test func whatCannotBeReadNowIsNoReasonToBeginAnew() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let folder = try #require(RunCatalog(paths: [root]).runs.first).folder
    try FileManager.default.removeItem(atPath: folder.path + "/state/lock")
    try Storage.createFolder(folder.path + "/state/lock")
    let queue = queue(.missing(retriesFailed: false), seeds: 0...0)
    #expect(throws: StorageError.self) { try queue.next() }
    #expect(try queue.next() == nil)
    #expect(statuses == [.interrupted])
  }

  /// Who goes on with it may not have said so yet.
  @Test func whatIsLockedIsLeftToWhoHasIt() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let mine = queue(.missing(retriesFailed: false), seeds: 0...0)
    let folder = try #require(RunCatalog(paths: [root]).runs.first).folder
    let lock = try #require(try folder.lock())
    #expect(try mine.next() == nil)
    #expect(mine.settled.running == 1)
    withExtendedLifetime(lock) {}
  }

  @Test func whereNothingCanBeWrittenItEndsAfterOneError() throws {
    let queue = RunQueue(
      [RunRequest(plan, seed: 0), RunRequest(plan, seed: 1)], .missing(retriesFailed: false),
      .example("/dev/null/runs"), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), warn: { _ in })
    #expect(throws: StorageError.self) { try queue.next() }
    #expect(try queue.next() == nil)
  }

  @Test func whatFailedIsRepeatedWhenAskedFor() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let folder = try #require(RunCatalog(paths: [root]).runs.first).folder
    var manifest = try folder.manifest()
    manifest.end(.failed, .runFailed, failure: .init(message: "out of memory"))
    try folder.write(manifest)
    let plain = queue(.missing(retriesFailed: false), seeds: 0...0)
    #expect(try execute(plain) == nil)
    #expect(plain.settled.failed.map(\.folder) == [folder])
    #expect(try execute(queue(.missing(retriesFailed: true), seeds: 0...0)) == 0)
    #expect(statuses.count == 2)
    let last = queue(.missing(retriesFailed: false), seeds: 0...0)
    #expect(try execute(last) == nil)
    #expect(last.settled.completed == 1)
  }
}
