import Foundation
import Records
import Testing

/// What fuzzers begin with has to be what this version reads.
@Suite struct FuzzingSeedsTests {
  private let folder = RunFolder(
    path: #filePath.components(separatedBy: "/RecordsTests/")[0] + "/Fuzzing/Seeds/run")

  @Test func `the run is complete and whole`() throws {
    let record = try RunRecord(folder: folder)
    #expect(record.status == .completed)
    _ = try record.predictions()
    _ = try (folder.values(), folder.origins(), folder.traceRows())
    let history = try folder.history()
    #expect(history.records.count == record.epochsPlanned)
    #expect(try folder.evaluationNames() == ["other"])
    let classNames = try folder.manifest().data.classNames
    let evaluation = try #require(try folder.evaluation("other", classNames: classNames))
    _ = try evaluation.predictions()
    #expect(try evaluation.ensemble() != nil)
    let state = folder.state(ofEvaluation: "other", classNames: classNames)
    guard case .current = state else {
      Issue.record("\(String(describing: state))")
      return
    }
  }
}
