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

@Suite struct RunLedgerTests {
  private let runs: RunsFolder
  private let identity: RunRequest.Identity

  init() throws {
    runs = try RunsFolder()
    let data = runs.runner.data.description.source
    identity = RunRequest(runs.runner.plan, seed: 0).identity(data)
  }

  /// What is recorded of the request, in a word.
  private func entry(_ ledger: RunLedger) throws -> String {
    switch try ledger.entry(for: identity) {
    case .missing: "missing"
    case .completed: "completed"
    case .running: "running"
    case .stopped(let folder): "stopped \(folder.name)"
    case .waiting: "waiting"
    case .failed: "failed"
    }
  }

  /// `exp resume` takes no claim.
  @Test func `a run that went on in a copy since is followed there`() throws {
    let first = try runs.begin(seed: 0)
    first.lease.handOver()
    try writeForeignLease(first.folder.path + "/state/lease.1", age: 1000)
    let ledger = try RunLedger(root: runs.path)
    #expect(try entry(ledger) == "stopped \(first.folder.name)")
    let resumption = try Resumption(
      of: first.folder, context: .example(runs.path), backend: ReferenceBackend(),
      locations: DataLocations(), loader: DataLoader(), plan: runs.runner.plan, warn: { _ in })
    #expect(resumption.run.folder.path != first.folder.path)
    #expect(try entry(ledger) == "running")
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in }, isInterrupted: { false })
    #expect(outcome.status == .completed)
    #expect(try entry(ledger) == "completed")
  }

  @Test(arguments: ["../x", "/etc", "a/b", ".hidden", "gone"])
  func `a run that went on nowhere is missing`(outcome: String) throws {
    let first = try runs.begin(seed: 0)
    first.lease.handOver()
    try writeForeignLease(first.folder.path + "/state/lease.1", age: 0, outcome: outcome)
    #expect(try entry(RunLedger(root: runs.path)) == "missing")
  }

  /// The folder of a run that a claim names, which the ledger has not read.
  private func claimedRun(_ ledger: RunLedger) throws -> RunFolder {
    let open = try runs.begin(seed: 0)
    open.lease.release()
    try Storage.createFolder(runs.path + "/.claims")
    let experiment = Storage.name(of: Storage.parent(of: open.folder.path))
    try writeForeignLease(
      "\(runs.path)/.claims/\(identity.specHash)_seed-0.1", age: 0,
      outcome: "\(experiment)/\(open.folder.name)")
    return open.folder
  }

  /// As on a file server that does not answer just now.
  @Test func `a run that a claim names and that cannot be read now is not missing`() throws {
    let ledger = try RunLedger(root: runs.path)
    let folder = try claimedRun(ledger)
    let path = folder.path(of: .manifest)
    let text = try Storage.read(path)
    try FileManager.default.removeItem(atPath: path)
    // Opening it fails, with ENXIO, for root as well.
    try #require(mknod(path, S_IFSOCK | 0o600, 0) == 0)
    for _ in 0..<2 { #expect(try entry(ledger) == "running") }
    #expect(ledger.problems.map(\.path) == [folder.path], "it is told of once")
    try FileManager.default.removeItem(atPath: path)
    try Storage.write(text, to: path)
    #expect(try entry(ledger) == "stopped \(folder.name)")
  }

  @Test func `a run that a claim names and that is damaged or gone is missing`() throws {
    let ledger = try RunLedger(root: runs.path)
    let folder = try claimedRun(ledger)
    try Storage.write("{", to: folder.path(of: .manifest))
    #expect(try entry(ledger) == "missing")
    #expect(ledger.problems.map(\.path) == [folder.path])
    try FileManager.default.removeItem(atPath: folder.path)
    #expect(try entry(ledger) == "missing")
    #expect(ledger.problems.count == 1)
  }
}
