import Files
import Records
import Testing

struct RunRecordOtherFoldsTests {
  private let runs: RunsExample

  init() throws { runs = try RunsExample() }

  @discardableResult
  private func add(_ fold: Int?, seed: Int = 0, minute: Int) throws -> RunRecord {
    let folder = try runs.addRun(
      seed: seed, fold: fold.map { .init(index: $0, count: 3, part: .test) },
      started: 1_795_377_966 + 60 * minute)
    return try RunRecord(folder: folder)
  }

  @Test func `a seed's other folds are found, the latest completed run of each`() throws {
    try add(0, minute: 0)
    let latest = try add(0, minute: 1)
    let failed = try add(0, minute: 2)
    var manifest = try failed.folder.manifest()
    manifest.end(.failed, .runFailed)
    try failed.folder.write(manifest)
    try add(1, seed: 7, minute: 3)
    let own = try add(1, minute: 4)
    #expect([own].withOtherFolds().map(\.folder) == [latest.folder, own.folder])
  }

  @Test func `a fold that was run again counts as it is now`() throws {
    try add(0, minute: 0)
    let own = try [0, 1, 2].map { try add($0, minute: 1 + $0) }
    #expect(own.withOtherFolds() == own)
  }

  @Test func `without folds there are no others`() throws {
    try add(nil, minute: 0)
    let own = try add(nil, seed: 1, minute: 1)
    #expect([own].withOtherFolds() == [own])
  }
}
