import Diagnostics
import Metrics
import Records
import Reports
import Testing

@Suite("A spec compared with itself: rows by tag")
struct ComparisonCircumstancesTests {
  private static let accuracy = ScoreName(.test, .accuracy)

  /// Two specs with two seeds each, run first as v1 and then as v2, which is worse by `mistakes`; and a run without
  /// a tag.
  private func runs(mistakes: Int) -> [RunRecord] {
    var runs: [RunRecord] = []
    for (tag, more) in [("v1", 0), ("v2", mistakes)] {
      for (place, spec) in ["one", "two"].enumerated() {
        for seed in 0..<2 {
          runs.append(
            .example(
              spec, hash: spec, seed: seed, minute: runs.count,
              mistakes: 8 + 20 * place + seed + more, tag: tag))
        }
      }
    }
    return runs
  }

  private func comparison(
    _ runs: [RunRecord], _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    try Comparison.alike(runs) {
      ($0.grouping, $0.metrics) = (.values(key: "tag"), [Self.accuracy])
      change(&$0)
    }
  }

  @Test func `a run supersedes only one of its own tag`() throws {
    let again = RunRecord.example("one", hash: "one", minute: 100, mistakes: 1, tag: "v2")
    let rows = try comparison(runs(mistakes: 3) + [again]).rows.sorted { $0.label < $1.label }
    #expect(rows.map(\.label) == ["v1", "v2"])
    #expect(rows.map(\.counted.count) == [4, 4])
    #expect(rows.map(\.superseded.count) == [0, 1])
    let specs = try Comparison.alike(runs(mistakes: 3)).rows
    #expect(specs.map(\.superseded.count) == [2, 2])
  }

  @Test func `a filter leaves out the runs of a tag, superseded by no other tag`() throws {
    let comparison = try comparison(runs(mistakes: 3)) { $0.filter = try? RunFilter("tag == v1") }
    #expect(comparison.rows.map(\.label) == ["v1"])
    #expect(comparison.rows.map(\.counted.count) == [4])
    #expect(comparison.notes == ["--where leaves out 4 runs"])
  }

  @Test(arguments: ["tag:v1", "v1"])
  func `the baseline is named by its tag, and runs are pairs of one spec and seed`(
    baseline: String
  ) throws {
    let comparison = try comparison(runs(mistakes: 3).shuffled()) {
      ($0.baseline, $0.gates) = (baseline, [RegressionGate(Self.accuracy, margin: 0.002)])
    }
    #expect(
      comparison.sentences == [
        "Compared with v1 by test_accuracy:",
        "v2 is worse than v1 by 0.0030 in every run alike (paired over 4 runs); without any spread no test can "
          + "tell luck.",
      ])
    #expect(
      comparison.gateFailures == [
        "v2 is worse than v1 in test_accuracy by 0.0030 (paired over 4 runs), more than the margin 0.002"
      ])
  }

  /// A version that fails where the one before it did not is no better for what is left.
  @Test func `a run that only the baseline has completed fails the gate`() throws {
    let some = runs(mistakes: 0).filter { $0.tag != "v2" || $0.name != "two" || $0.seed != 1 }
    let comparison = try comparison(some) {
      ($0.baseline, $0.gates) = ("v1", [RegressionGate(Self.accuracy, margin: 1)])
    }
    #expect(
      comparison.gateFailures == [
        "v2 cannot be judged by test_accuracy: 1 of 4 runs of v1 have no completed counterpart, such as seed 1 of two"
      ])
  }

  @Test func `a version that lacks a spec is neither best nor sorted among the others`() throws {
    let some = runs(mistakes: 0).filter { $0.tag != "v2" || $0.name != "two" }
    let comparison = try comparison(some)
    #expect(comparison.rows.map(\.isBest) == [false, false])
    let note = comparison.notes.first { $0.contains("among those with the same specs") }
    #expect(note != nil)
    let whole = try self.comparison(runs(mistakes: 3))
    #expect(whole.rows.map(\.isBest) == [true, false])
  }

  @Test func `runs without a tag are a row of their own`() throws {
    let other = RunRecord.example("one", hash: "one", minute: 100)
    let comparison = try comparison(runs(mistakes: 3) + [other]) { $0.sortColumn = "tag" }
    #expect(comparison.rows.map(\.label) == ["v1", "v2", "–"])
  }

  @Test func `a tag as baseline asks for rows by tag`() throws {
    let error = try #require(throws: BaselineError.self) {
      try Comparison.alike(runs(mistakes: 3)) { $0.baseline = "tag:v1" }
    }
    #expect(
      error.description == """
        --baseline: no row is 'tag:v1'; there are:
          'one' (one)
          'two' (two)
        hint: add '--group-by tag'
        """)
  }

  @Test func tableAt50Columns() throws {
    let comparison = try comparison(runs(mistakes: 3)) { $0.baseline = "tag:v1" }
    #expect(
      comparison.text(.table, width: 50) == """
        tag   specs  runs    test_accuracy
        v1 *      2   4/4  0.9815 ± 0.0116
        v2        2   4/4  0.9785 ± 0.0116
        no room for: interval, Δ\u{A0}test_accuracy, p,
          parameters, epochs, train_seconds

        Compared with v1 by test_accuracy:
        v2 is worse than v1 by 0.0030 in every run alike
          (paired over 4 runs); without any spread no test
          can tell luck.

        ±: standard deviation over runs
        *: best by val_f1_macro

        """)
  }
}
