import Files
import Foundation
import Records
import Testing

@Suite struct RunFolderRemovalTests {
  private let runs: RunsExample
  private let folder: RunFolder

  init() throws {
    runs = try RunsExample()
    folder = try runs.addRun()
    for epoch in 1...3 { try folder.writeCheckpoint([1, 2, 3, 4], epoch: epoch, keepingLast: 2) }
  }

  @Test func `the run behind a link goes, and nothing else`() throws {
    let other = try runs.addRun(seed: 1)
    let link = runs.root.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path)
    #expect(try RunFolder(path: link).remove())
    #expect(!Storage.exists(folder.path))
    #expect(other.contains(.manifest))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Storage.parent(of: folder.path))
    #expect(!names.contains { $0.hasPrefix(".removed") })
  }

  @Test func `what a process may write to stays`() throws {
    let lease = try #require(try folder.takeLease())
    #expect(try !folder.remove())
    #expect(try !folder.removeCheckpoints())
    #expect(try folder.checkpointByteCount() == 8)
    lease.release()
  }

  /// Whoever looks at the run later must find that another one goes on with it.
  @Test func `without its checkpoints a continued run is one still`() throws {
    let lease = try #require(try folder.takeLease())
    lease.release(outcome: "another")
    #expect(try folder.removeCheckpoints())
    #expect(folder.successor == "another")
    #expect(try folder.checkpointByteCount() == 0)
    #expect(!Storage.exists(folder.path + "/checkpoints"))
    #expect(try folder.removeCheckpoints(), "again, without any")
  }

  @Test func `checkpoints behind a link stay`() throws {
    #expect(try folder.removeCheckpoints())
    let outside = runs.root.path + "/outside"
    try Storage.createFolder(outside)
    try Storage.write("kept", to: outside + "/file")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/checkpoints", withDestinationPath: outside)
    #expect(try folder.removeCheckpoints())
    #expect(try Storage.readText(outside + "/file") == "kept")
  }
}
