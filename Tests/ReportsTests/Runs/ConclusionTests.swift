import Metrics
import Records
import Reports
import Testing

@Suite("What exp run says at its end")
struct ConclusionTests {
  private let targets = [
    TargetResult(name: ScoreName(.test, .f1Macro), wanted: 0.98, got: 0.992),
    TargetResult(name: ScoreName(.validation, .loss), wanted: 0.01, got: 0.018),
  ]

  @Test("one run: its test report, its line, its targets")
  func oneRun() {
    let text = Conclusion([.example(targets: targets)]).text(width: 80)
    #expect(text.hasPrefix("Test images, seed 0:\n\n              precision"))
    #expect(
      text.hasSuffix(
        """

        seed  status     val_accuracy  val_f1_macro  test_accuracy  test_f1_macro
           0  completed        0.9910        0.9910         0.9920         0.9920
        no room for: test_precision_macro, test_recall_macro, epochs, best,
          train_seconds

        target test_f1_macro ≥ 0.98: met (1 of 1 runs reach it)
        target val_loss ≤ 0.01: missed (0 of 1 runs reach it)

        """))
  }

  @Test("several runs: mean and deviation over the completed ones, and who reached what")
  func severalRuns() {
    let runs = [
      RunRecord.example(seed: 0, mistakes: 8, targets: targets),
      .example(seed: 1, status: .diverged), .example(seed: 2, mistakes: 10, targets: targets),
    ]
    let lines = Conclusion(runs).text().split(separator: "\n")
    #expect(lines[0] == "Test images, seed 2 (each run's own is in its report.txt):")
    #expect(
      lines.suffix(7).map { String($0.prefix(58)) } == [
        "   0  completed        0.9910        0.9910         0.9920",
        "   1  diverged              –             –              –",
        "   2  completed        0.9890        0.9890         0.9900",
        "      mean             0.9900        0.9900         0.9910",
        "      sd               0.0014        0.0014         0.0014",
        "target test_f1_macro ≥ 0.98: missed (2 of 3 runs reach it)",
        "target val_loss ≤ 0.01: missed (0 of 3 runs reach it)",
      ])
  }

  /// Completed runs of these folds out of three, of which fold f has f more mistakes.
  private func folded(seed: Int, _ folds: [Int], target: Double? = nil) -> [RunRecord] {
    let score = ScoreName(.validation, .accuracy)
    return folds.map { fold in
      .example(
        seed: seed, mistakes: 9 + seed + fold,
        targets: target.map {
          [.init(name: score, wanted: $0, got: 1 - Double(10 + seed + fold) / 1000)]
        } ?? [],
        trainingCount: 12_000, fold: .init(index: fold, count: 3, part: .validation),
        testCount: 0)
    }
  }

  @Test func `folds of a seed make one score, and the spread is over seeds`() {
    let one = Conclusion(folded(seed: 0, [0, 1, 2])).text()
    #expect(one.contains("   0   all  pooled           0.9890"))
    #expect(!one.contains("mean") && !one.contains(" sd "))
    #expect(
      one.contains(
        "pooled: val_… of the predictions on all 3 folds together; the networks of two folds learned from mostly the same images, so that the spread over folds is no measure of luck\n"
      ))
    let two = Conclusion(folded(seed: 0, [0, 1, 2]) + folded(seed: 1, [0, 1, 2])).text()
    #expect(two.contains("            mean             0.9885"), "\(two)")
    #expect(two.contains("            sd               0.0007"), "\(two)")
    #expect(two.contains("; mean and sd: over 2 seeds; the networks"))
  }

  /// One small fold must not decide.
  @Test func `targets are judged by all folds of a seed together`() {
    let one = Conclusion(folded(seed: 0, [0, 1, 2], target: 0.9885))
    #expect(one.text().contains("≥ 0.9885: met (1 of 1 seeds, all folds together, reach it)"))
    #expect(!one.missesTarget)
    let two = Conclusion(
      folded(seed: 0, [0, 1, 2], target: 0.9885) + folded(seed: 1, [0, 1, 2], target: 0.9885))
    #expect(two.text().contains("missed (1 of 2 seeds, all folds together, reach it)"))
    #expect(two.missesTarget)
    let part = Conclusion(folded(seed: 0, [0, 1], target: 0.5))
    #expect(part.text().contains("cannot be judged (no seed has all of its folds)"))
    #expect(part.missesTarget)
  }

  @Test func `a seed that lacks folds has no score`() {
    let text = Conclusion(folded(seed: 0, [0, 2])).text()
    #expect(!text.contains("pooled") && !text.contains("mean"))
    #expect(
      text.contains("no seed has all 3 folds yet, so that there is no cross-validated score;"))
  }

  @Test("no completed run: only what became of each")
  func noneCompleted() {
    let text = Conclusion([.example(status: .interrupted)]).text(width: 60)
    #expect(text.contains("   0  interrupted"))
    #expect(!text.contains("target"))
    #expect(!text.contains("Test images"))
  }
}
