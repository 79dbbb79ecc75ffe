import Datasets
import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import TemporaryFolders
import Testing

/// What a worker does that finds nothing but runs of other machines.
@Suite struct RunQueueWaitingTests {
  private let runs: RunsFolder
  private let folder: RunFolder

  /// A run of seed 0, whose process is on another machine.
  init() throws {
    runs = try RunsFolder()
    let open = try runs.begin(seed: 0)
    open.lease.handOver()
    folder = open.folder
  }

  /// The other machine renewed its lease `age` seconds ago, and did not before.
  private func renew(age: Double) throws {
    try writeForeignLease(folder.path + "/state/lease.1", age: age, renewals: age == 0 ? 2 : 1)
  }

  private func queue(endsWaiting: (() -> Bool)?) -> RunQueue {
    RunQueue(
      [RunRequest(runs.runner.plan, seed: 0)], .missing(retriesFailed: false),
      .example(runs.path), backend: ReferenceBackend(),
      locations: DataLocations(dataDirectory: nil, report: { _ in }), endsWaiting: endsWaiting,
      warn: { _ in })
  }

  @Test func `a run that nobody renews is taken over once its lease has ended`() throws {
    try renew(age: 238)
    let item = try #require(try queue(endsWaiting: { false }).next())
    #expect(item.request.seed == 0)
    #expect(item.run.folder.path != folder.path, "its process may come back")
  }

  @Test func `a run that is renewed is left to its machine`() throws {
    try renew(age: 100)
    var count = 0
    let queue = queue(endsWaiting: {
      count += 1
      do { try renew(age: 0) } catch { Issue.record(error) }
      return false
    })
    #expect(try queue.next() == nil)
    #expect(count == 1 && queue.settled.running == 1)
  }

  @Test func `who is interrupted while it waits ends`() throws {
    try renew(age: 100)
    #expect(throws: CancellationError.self) { try queue(endsWaiting: { true }).next() }
  }

  @Test func `who has other things to do does not wait`() throws {
    try renew(age: 100)
    let queue = queue(endsWaiting: nil)
    #expect(try queue.next() == nil)
    #expect(queue.settled.running == 1)
  }
}
