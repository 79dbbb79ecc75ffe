import Metrics
import Reports
import Runs
import Testing

@Suite("Which rows a gate lets pass")
struct RegressionGateTests {
  private func failures(
    _ runs: [RunRecord], _ score: ScoreName = ScoreName(.test, .accuracy), margin: Double
  ) throws -> [String] {
    let comparison = try Comparison.of(RunCatalog(runs: runs), [:]) { $0.baseline = "base" }
    return RegressionGate(score, margin: margin).failures(in: comparison)
  }

  private let base = RunRecord.example("base", hash: "b", mistakes: 10)

  @Test func whatIsWorseByMoreThanTheMarginFails() throws {
    let new = RunRecord.example("new", hash: "n", mistakes: 13)
    #expect(try failures([base, new], margin: 0.0031) == [])
    #expect(
      try failures([base, new], margin: 0.0025) == [
        "new is worse than base in test_accuracy by 0.0030 (0.9870, baseline 0.9900), more than the "
          + "margin 0.0025"
      ])
  }

  @Test func whatIsBetterPasses() throws {
    #expect(try failures([base, .example("new", hash: "n", mistakes: 1)], margin: 0) == [])
  }

  @Test("of a loss, more is worse")
  func losses() throws {
    let loss = ScoreName(.test, .loss)
    #expect(try failures([base, .example("new", hash: "n", mistakes: 1)], loss, margin: 0) == [])
    #expect(
      try failures([base, .example("new", hash: "n", mistakes: 20)], loss, margin: 0.01) == [
        "new is worse than base in test_loss by 0.0200 (0.0400, baseline 0.0200), more than the "
          + "margin 0.01"
      ])
  }

  @Test func whatCannotBeShownFails() throws {
    #expect(
      try failures([base, .example("new", hash: "n", status: .diverged)], margin: 1) == [
        "new has no completed run with test_accuracy"
      ])
    #expect(
      try failures(
        [.example("base", hash: "b", status: .failed), .example("new", hash: "n")], margin: 1) == [
          "base, the baseline, has no completed run with test_accuracy"
        ])
    #expect(
      try failures([base, .example("new", hash: "n", dataset: "digits")], margin: 1) == [
        "there is no other row on the images of base"
      ])
  }
}
