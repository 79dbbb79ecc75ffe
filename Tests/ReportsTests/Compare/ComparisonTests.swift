import Metrics
import Reports
import Runs
import Testing

@Suite("Which runs a comparison counts")
struct ComparisonTests {
  private func rows(_ runs: RunRecord...) -> [ComparisonRow] {
    Comparison(RunCatalog(runs: runs)).rows
  }

  @Test func seedsOfOneSpecAreAveraged() throws {
    let row = try #require(
      rows(.example(seed: 0, mistakes: 10), .example(seed: 1, mistakes: 20)).first)
    let accuracy = try #require(row.statistics(.testAccuracy))
    #expect(accuracy.count == 2)
    #expect(abs(accuracy.mean - 0.985) < 1e-12)
    #expect(abs(try #require(accuracy.standardDeviation) - 0.005 * 2.0.squareRoot()) < 1e-12)
  }

  @Test func repeatingASeedNarrowsNothing() throws {
    let (older, later) = (RunRecord.example(minute: 0), RunRecord.example(minute: 1, mistakes: 9))
    let row = try #require(rows(later, older).first)
    #expect(row.counted == [later])
    #expect(row.superseded == [older])
    #expect(row.statistics(.testF1Macro)?.standardDeviation == nil)
  }

  @Test(arguments: [RunStatus.failed, .interrupted, .diverged, .running, .crashed])
  func aLaterRunThatDidNotCompleteReplacesNothing(status: RunStatus) throws {
    let completed = RunRecord.example(minute: 0)
    let later = RunRecord.example(minute: 1, status: status)
    let row = try #require(rows(completed, later).first)
    #expect(row.counted == [completed])
    #expect(row.unfinished == [later])
    #expect(row.seeds == [0])
  }

  @Test func aFailureThatWasRepairedIsSuperseded() throws {
    let failed = RunRecord.example(minute: 0, status: .failed)
    let row = try #require(rows(failed, .example(minute: 1)).first)
    #expect(row.unfinished.isEmpty)
    #expect(row.superseded == [failed])
  }

  @Test func aSpecWhoseNameChangedIsOneRow() throws {
    let comparison = Comparison(
      RunCatalog(runs: [.example("old", seed: 0), .example("new", seed: 1, minute: 1)]))
    #expect(comparison.rows.map(\.name) == ["new"])
    #expect(comparison.notes.contains("new: includes runs of the same spec named 'old'"))
  }

  @Test func twoSpecsOfOneNameAreTwoRows() {
    let table = Comparison(
      RunCatalog(runs: [.example(hash: "aaaaaaaa", mistakes: 9), .example(hash: "bbbbbbbb")])
    ).text(.table)
    let labels = table.split(separator: "\n").dropFirst().prefix(2).map { $0.prefix(25) }
    #expect(labels == ["mnist-baseline (bbbbbb) *", "mnist-baseline (aaaaaa)  "])
  }

  @Test(
    arguments: zip(
      ComparisonColumn.allCases,
      [
        "a", "b", "c", "c", "c", "c", "c", "c", "a", "c", "c",
      ]))
  func theBestComesFirst(column: ComparisonColumn, first: String) {
    let catalog = RunCatalog(runs: [
      .example("a", hash: "1", seed: 3, mistakes: 20, parameters: 100),
      .example("b", hash: "2", seed: 1, mistakes: 30, parameters: 200),
      .example("b", hash: "2", seed: 2, mistakes: 30, parameters: 200),
      .example("c", hash: "3", seed: 0, mistakes: 10, parameters: 300),
      .example("d", hash: "4", seed: 0, status: .failed, parameters: 400),
    ])
    let names = Comparison(catalog, sortedBy: column).rows.map(\.name)
    #expect(names.first == first)
    #expect(names.last == "d")
  }

  @Test("runs of one spec on different images are two rows")
  func changedDataIsAnotherRow() {
    func run(_ seed: Int, checksum: String) -> RunRecord {
      .example(seed: seed, checksums: [.init(file: "t10k-images", sha256: checksum)])
    }
    let catalog = RunCatalog(runs: [
      run(0, checksum: "aaaaaaaaaa"), run(1, checksum: "aaaaaaaaaa"),
      run(0, checksum: "bbbbbbbbbb"),
    ])
    let comparison = Comparison(catalog)
    #expect(comparison.rows.map(\.counted.count).sorted() == [1, 2])
    let table = comparison.text(.table)
    #expect(table.contains("mnist-baseline (3f9c0a, t10k-images aaaaaa)"))
    #expect(table.contains("mnist-baseline (3f9c0a, t10k-images bbbbbb)"))
    #expect(!table.contains("has a later run"))
  }

  @Test func nothingToCompareIsSaid() {
    #expect(Comparison(RunCatalog(runs: [])).text(.table, width: 80) == "no runs to compare\n")
  }

  @Test("the mark for the best is given among specs with the same data")
  func bestPerDataset() {
    let catalog = RunCatalog(runs: [
      .example("easy", hash: "aa", mistakes: 1, dataset: "synthetic_digits"),
      .example("good", hash: "bb", mistakes: 8), .example("poor", hash: "cc", mistakes: 20),
    ])
    let lines = Comparison(catalog).text(.table).split(separator: "\n")
    #expect(lines[1].hasPrefix("easy    "))
    #expect(lines[2].hasPrefix("good *  "))
    #expect(lines[3].hasPrefix("poor    "))
    #expect(lines[4] == "*: best by val_f1_macro among those with the same data")
  }
}
