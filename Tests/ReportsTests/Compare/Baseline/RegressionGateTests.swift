import Metrics
import Records
import Reports
import Testing

@Suite("Which rows a gate lets pass")
struct RegressionGateTests {
  private func failures(
    _ runs: [RunRecord], _ score: ScoreName = ScoreName(.test, .accuracy), margin: Double,
    top: Int? = nil
  ) throws -> [String] {
    try Comparison.alike(runs) {
      ($0.baseline, $0.top) = ("base", top)
      $0.gates = [RegressionGate(score, margin: margin)]
    }.gateFailures
  }

  private let base = RunRecord.example("base", hash: "b", mistakes: 10)

  @Test func whatIsWorseByMoreThanTheMarginFails() throws {
    let new = RunRecord.example("new", hash: "n", mistakes: 13)
    #expect(try failures([base, new], margin: 0.0031) == [])
    #expect(
      try failures([base, new], margin: 0.0025) == [
        "new is worse than base in test_accuracy by 0.0030 (unpaired, 2 runs), more than the margin "
          + "0.0025"
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
        "new is worse than base in test_loss by 0.0200 (unpaired, 2 runs), more than the margin "
          + "0.01"
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
        "new cannot be judged by test_accuracy: its test images are not those of base"
      ])
    #expect(try failures([base], margin: 1) == ["there is no row beside base, the baseline"])
  }

  @Test("the margin itself is good enough, whatever rounding makes of 0.99 - 0.987")
  func theMarginItselfPasses() throws {
    #expect(try failures([base, .example("new", hash: "n", mistakes: 13)], margin: 0.003) == [])
    #expect(
      try failures([base, .example("new", hash: "n", mistakes: 13)], margin: 0.002999).count == 1)
  }

  @Test("rows that --top leaves out are judged, too")
  func whatIsNotShownFails() throws {
    let runs = [
      base, .example("better", hash: "a", mistakes: 1), .example("new", hash: "n", mistakes: 30),
    ]
    #expect(
      try failures(runs, margin: 0.0025, top: 1) == [
        "new (left out by --top) is worse than base in test_accuracy by 0.0200 (unpaired, 2 "
          + "runs), more than the margin 0.0025"
      ])
    #expect(try failures(runs, margin: 0.02, top: 1) == [])
  }

  @Test("a row on other images fails, even beside one that passes")
  func otherImagesFail() throws {
    let runs = [
      base, .example("new", hash: "n", mistakes: 1),
      .example("more", hash: "m", trainingCount: 100),
    ]
    #expect(try failures(runs, margin: 1) == [], "the test images are the same")
    #expect(
      try failures(runs, ScoreName(.validation, .accuracy), margin: 1) == [
        "more cannot be judged by val_accuracy: its validation images are not those of base"
      ])
  }

  @Test func ofHowManyRunsAMeanIsIsSaid() throws {
    let runs = [
      base, .example("new", hash: "n", mistakes: 20),
      .example("new", hash: "n", seed: 1, status: .failed),
    ]
    #expect(
      try failures(runs, margin: 0.001) == [
        "new is worse than base in test_accuracy by 0.0100 (unpaired, 2 runs, 1 of 2 runs completed), "
          + "more than the margin 0.001"
      ])
  }

  @Test("what is judged is the difference that is shown: over common seeds")
  func commonSeedsAreJudged() throws {
    let runs = [8, 12].enumerated().map { seed, mistakes in
      RunRecord.example("base", hash: "b", seed: seed, mistakes: mistakes)
    }
    // Worse in each common seed, though not in the mean over all.
    let new = [18, 22, 0, 0].enumerated().map { seed, mistakes in
      RunRecord.example("new", hash: "n", seed: seed, mistakes: mistakes)
    }
    #expect(
      try failures(runs + new, margin: 0.005) == [
        "new is worse than base in test_accuracy by 0.0100 (paired over the 2 common seeds), more than "
          + "the margin 0.005"
      ])
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotFiniteFails(value: Double) throws {
    let (loss, broken) = (ScoreName(.test, .loss), RunRecord.example("new", hash: "n", loss: value))
    #expect(
      try failures([base, broken], loss, margin: 1) == ["new has a test_loss of \(value)"])
    #expect(
      try failures(
        [.example("base", hash: "b", loss: value), .example("new", hash: "n")], loss, margin: 1)
        == [
          "base, the baseline, has a test_loss of \(value)"
        ])
  }
}
