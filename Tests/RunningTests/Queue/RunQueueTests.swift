import Datasets
import ExperimentExamples
import Files
import Foundation
import Plans
import Records
import ReferenceBackend
import Running
import TemporaryFolders
import Testing

@Suite struct RunQueueTests {
  private let root: String
  private let plan: ExperimentPlan

  init() throws {
    root = NSTemporaryDirectory() + "exp-queue-" + UUID().uuidString
    plan = try #require(try Reading(spec()).plan)
  }

  private func queue(
    _ mode: RunQueue.Mode, seeds: ClosedRange<Int> = 0...2, _ context: RunContext? = nil,
    experiments: Set<String>? = nil
  ) -> RunQueue {
    RunQueue(
      seeds.map { RunRequest(plan, seed: $0) }, mode, context ?? .example(root),
      experiments: experiments, backend: ReferenceBackend(),
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
    #expect(queue.settled.completed.count == 1)
    #expect(statuses == [.completed, .completed, .completed])
  }

  @Test func whatStoppedGoesOn() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let mine = queue(.missing(retriesFailed: false), seeds: 0...0)
    let item = try #require(try mine.next())
    #expect(item.run.place == "in epoch 1, after step 2")
    #expect(item.run.folder.isHeld)
    #expect(
      try queue(.missing(retriesFailed: false), seeds: 0...0).next() == nil, "by nobody else")
  }

  @Test func whatAnotherProcessWorksOnIsLeftToIt() throws {
    defer { remove() }
    let (first, second) = (
      queue(.missing(retriesFailed: false)), queue(.missing(retriesFailed: false))
    )
    // The run that the first works on is held as long as the item is there.
    let item = try #require(try first.next())
    #expect(item.request.seed == 0)
    #expect(try (0..<3).map { _ in try execute(second) } == [1, 2, nil])
    #expect(second.settled.running == 1)
    #expect(try first.next() == nil)
    #expect(first.settled.completed.count == 2)
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
    // The first is gone, and with it its lease.
    #expect(try (0..<3).map { _ in try execute(second) } == [2, 0, nil])
    #expect(statuses == [.completed, .completed, .completed])
  }

  @Test(arguments: ["", "/", "//"])
  func `a claim names the run that it led to, however the folder of runs is written`(
    ending: String
  ) throws {
    defer { remove() }
    _ = try execute(
      queue(.missing(retriesFailed: false), seeds: 0...0, .example(root + ending)))
    let claims = try Folder("\(root)/.claims")
    let claim = try #require(try claims.names().first)
    let run = try #require(RunCatalog(paths: [root]).runs.first)
    #expect(claims.lease(String(claim.dropLast(2))).outcome == "\(run.name)/\(run.folder.name)")
  }

  @Test func `what is another experiment than was submitted is refused, and the rest is done`()
    throws
  {
    defer { remove() }
    let other = try #require(try Reading(spec(["training": "{epochs: 2, batch_size: 10}"])).plan)
    let requests = [RunRequest(plan, seed: 0), RunRequest(other, seed: 0)]
    let loader = DataLoader()
    let hash = requests[1].identity(try loader.digest(of: other)).specHash
    let queue = RunQueue(
      requests, .missing(retriesFailed: false), .example(root), experiments: [hash],
      backend: ReferenceBackend(), locations: DataLocations(), warn: { _ in })
    #expect(throws: ChangedExperimentError.self) { try queue.next() }
    #expect(try queue.next()?.run.manifest.specHash == hash)
    #expect(try queue.next() == nil)
  }

  /// A run that cannot be read for a moment is not given up for a new one.
  @Test func whatCannotBeReadNowIsNoReasonToBeginAnew() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let folder = try #require(RunCatalog(paths: [root]).runs.first).folder
    // The next lease cannot be made.
    try Storage.createFolder(folder.path + "/state/lease.2")
    let queue = queue(.missing(retriesFailed: false), seeds: 0...0)
    #expect(try queue.next() == nil)
    #expect(queue.settled.running == 1)
    #expect(statuses == [.interrupted])
  }

  /// Who goes on with it may not have said so yet.
  @Test func whatIsLockedIsLeftToWhoHasIt() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let mine = queue(.missing(retriesFailed: false), seeds: 0...0)
    let folder = try #require(RunCatalog(paths: [root]).runs.first).folder
    let lease = try #require(try folder.takeLease())
    #expect(try mine.next() == nil)
    #expect(mine.settled.running == 1)
    withExtendedLifetime(lease) {}
  }

  // MARK: other machines

  /// The path of the claim of seed 0.
  private func claim(_ number: Int) throws -> String {
    let digest = try DataLoader().digest(of: plan)
    try Storage.createFolder(root + "/.claims")
    return "\(root)/.claims/\(plan.specHash(digest))_seed-0.\(number)"
  }

  @Test func `what another machine has claimed is left to it`() throws {
    defer { remove() }
    try writeForeignLease(try claim(1), age: 100)
    let queue = queue(.missing(retriesFailed: false), seeds: 0...0)
    #expect(try queue.next() == nil)
    #expect(queue.settled.running == 1)
    // It has not begun a run, and is gone.
    try writeForeignLease(try claim(1), age: 1000)
    #expect(try execute(queue) == 0)
    #expect(try execute(queue) == nil)
    #expect(statuses == [.completed])
  }

  @Test func `what stopped on another kind of processor is left to those of its kind`() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let folder = try #require(RunCatalog(paths: [root]).runs.first).folder
    let files = try Folder(folder.path + "/state").names()
    let other = queue(.missing(retriesFailed: false), .example(root, cpu: "Other"))
    #expect(try (0..<3).map { _ in try execute(other) } == [1, 2, nil])
    #expect(other.settled.waiting.map(\.cpu) == ["Zen"])
    #expect(other.settled.count == 1)
    #expect(statuses == [.interrupted, .completed, .completed])
    #expect(try Folder(folder.path + "/state").names() == files)
    let path = try claim(1)
    #expect(!Storage.exists(path), "there was nothing to claim")

    let any = queue(
      .missing(retriesFailed: false), .example(root, cpu: "Other", takesAnyProcessor: true))
    #expect(try execute(any) == 0)
    #expect(statuses == [.completed, .completed, .completed])
    #expect(try execute(other) == nil)
    #expect(other.settled.waiting == [] && other.settled.completed.count == 1)
  }

  /// No machine will go on with it.
  @Test func `what another version of exp left is begun anew on any processor`() throws {
    defer { remove() }
    _ = try execute(queue(.all, seeds: 0...0), steps: 2)
    let newer = queue(
      .missing(retriesFailed: false), seeds: 0...0,
      .example(root, cpu: "Other", expVersion: "1"))
    #expect(try execute(newer) == 0)
    #expect(statuses.sorted { $0.rawValue < $1.rawValue } == [.completed, .interrupted])
  }

  /// A worker reads all runs once, and claims tell what has happened since.
  @Test func `what another process completed meanwhile is not done again`() throws {
    defer { remove() }
    let (first, second) = (
      queue(.missing(retriesFailed: false)), queue(.missing(retriesFailed: false))
    )
    #expect(try execute(first) == 0)
    #expect(try (0..<3).map { _ in try execute(second) } == [1, 2, nil])
    #expect(second.settled.completed.count == 1)
    #expect(try execute(first) == nil)
    #expect(first.settled.completed.count == 2)
  }

  @Test func `claims can be removed when nothing runs`() throws {
    defer { remove() }
    #expect(try execute(queue(.missing(retriesFailed: false), seeds: 0...0)) == 0)
    try FileManager.default.removeItem(atPath: root + "/.claims")
    let again = queue(.missing(retriesFailed: false), seeds: 0...0)
    #expect(try execute(again) == nil)
    #expect(again.settled.completed.count == 1)
  }

  @Test(arguments: ["../../elsewhere", "/etc/x", "a/../b", ".hidden/x", "a/b/c", "gone/run"])
  func `a claim that leads nowhere is no run`(outcome: String) throws {
    defer { remove() }
    try writeForeignLease(try claim(1), age: 0, outcome: outcome)
    #expect(try execute(queue(.missing(retriesFailed: false), seeds: 0...0)) == 0)
    #expect(statuses == [.completed])
  }

  /// What fails will most likely fail again, so each of many workers must not try.
  @Test func `what another process has just repeated in vain is not repeated`() throws {
    defer { remove() }
    func fail(_ item: RunQueue.Item) throws {
      var manifest = try item.run.folder.manifest()
      manifest.end(.failed, .runFailed, failure: .init(message: "out of memory"))
      try item.run.folder.write(manifest)
      item.run.lease.release()
    }
    for seed in 0...1 { try fail(try #require(try queue(.all, seeds: seed...seed).next())) }
    let (first, second) = (
      queue(.missing(retriesFailed: true), seeds: 0...1),
      queue(.missing(retriesFailed: true), seeds: 0...1)
    )
    let (one, other) = (try #require(try first.next()), try #require(try second.next()))
    #expect([one, other].map(\.request.seed) == [0, 1])
    try fail(one)
    try fail(other)
    #expect(try first.next() == nil)
    #expect(try second.next() == nil)
    #expect(first.settled.failed.map(\.folder.name) == [other.run.folder.name])
    #expect(second.settled.failed.map(\.folder.name) == [one.run.folder.name])
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
    #expect(last.settled.completed.count == 1)
  }
}
