import Metrics
import Records
import Reports
import Testing

/// `make_fold_tests.py`, beside this file, has the numbers by scikit-learn.
struct FoldTestTests {
  private let accuracy = ScoreName(.validation, .accuracy)
  private let area = ScoreName(.validation, .rocAUCMacro)
  private let f1 = ScoreName(.validation, .f1Macro)

  @Test func `of several divisions every fold counts, as in scikit-learn's repeated folds`() throws
  {
    let mistakes = [
      "first": [4, 6, 3, 10, 4, 7, 7, 8, 6, 6, 6, 7],
      "second": [3, 5, 5, 7, 5, 2, 6, 6, 7, 5, 5, 4],
    ]
    var (runs, specs) = ([RunRecord](), [String: RunValues]())
    for (name, mistakes) in mistakes {
      for division in 0..<3 {
        let hash = "\(name)\(division)"
        specs[hash] = .example([
          "optimizer": .string(name), "data.folds.seed": .integer(division),
        ])
        // Of 1,000 images instead of 20.
        runs += folded(
          hash: hash, count: 4, mistakes: { 50 * mistakes[4 * division + $0] - 1 },
          division: " of \(division)")
      }
    }
    let comparison = try Comparison.of(RunCatalog(runs: runs), specs) {
      ($0.grouping, $0.baseline) = (.values(key: "optimizer"), "first")
      $0.metrics = [accuracy]
    }
    let row = try #require(comparison.rows.first { !$0.isBaseline })
    let found = try #require(row.differences[accuracy]?.tested)
    #expect(found.count == 12)
    #expect(abs(found.mean - 0.05833333333333334) < 1e-12)
    #expect(abs((found.pValue ?? 9) - 0.3729974455813384) < 1e-9)
    let interval = try #require(found.interval)
    #expect(abs(interval.lowerBound + 0.07992124896144465) < 1e-9)
    #expect(abs(interval.upperBound - 0.19658791562811134) < 1e-9)
    let text = comparison.text(.table)
    #expect(text.contains("corrected resampled t-test over 12 folds of 3 divisions; p = 0.373"))
    #expect(text.contains("one score for each seed and division") && text.contains("(scores: 3)"))
    #expect(text.contains("0.7500 ± 0.0739"), "the spread over all folds")
  }

  private typealias Predictions = [[(Int, Int)]]

  /// A comparison by `score` of two specs with recorded predictions of each fold.
  private func recorded(
    _ one: Predictions, _ other: Predictions, by score: ScoreName,
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    let runs = try RecordedRuns()
    for (name, folds, confidence) in [("one", one, Float(0.75)), ("other", other, 0.5)] {
      for (fold, predictions) in folds.enumerated() {
        try runs.add(
          .init(
            name: name, hash: name, fold: (fold, folds.count), predictions: predictions,
            confidence: confidence))
      }
    }
    var options = ComparisonOptions()
    (options.baseline, options.metrics) = ("one", [score])
    change(&options)
    return try Comparison(RunCatalog(paths: [runs.path]), options)
  }

  @Test func `a score that is undefined in a fold is compared, but by no test`() throws {
    let comparison = try recorded(
      [
        [(0, 0), (1, 1), (0, 1), (1, 0)], [(0, 0), (1, 1), (2, 2), (2, 0)],
        [(0, 0), (1, 2), (2, 2), (1, 1)],
      ],
      [
        [(0, 0), (1, 1), (0, 0), (1, 0)], [(0, 0), (1, 1), (2, 2), (2, 2)],
        [(0, 0), (1, 2), (2, 2), (1, 0)],
      ], by: area)
    let row = try #require(comparison.rows.first { !$0.isBaseline })
    let found = try #require(row.differences[area])
    #expect(abs(found.shown - (0.8398148148148148 - 0.7521164021164021)) < 1e-12)
    #expect(found.tested == nil && found.pValue == nil)
    #expect(
      comparison.sentences.last
        == "other is better than one by 0.0877, but val_roc_auc_macro is undefined in fold 0 of 3, each by itself, so that there is no test."
    )
    #expect(comparison.text(.json).contains("\"test\": null"))
    #expect(comparison.text(.csv).contains(",0.0876"))
  }

  @Test func `a score that is undefined in every fold is compared and judged`() throws {
    let one = [[(0, 0), (0, 1)], [(1, 1), (1, 1)], [(2, 2), (2, 2)]]
    let other = [[(0, 0), (0, 1)], [(1, 2), (1, 1)], [(2, 0), (2, 2)]]
    let comparison = try recorded(one, other, by: area) {
      $0.gates = [RegressionGate(area, margin: 0.01)]
    }
    let sentence = try #require(comparison.sentences.last)
    #expect(sentence.contains("other is worse than one by "), "\(sentence)")
    #expect(sentence.contains("undefined in 3 of 3 folds"))
    #expect(comparison.gateFailures.count == 1)
    #expect(comparison.gateFailures[0].contains("more than the margin 0.01"))
  }

  /// The row's folds all lack a class, for which the baseline takes an image of each, but the row does not.
  private let taken: Predictions = [
    [(1, 1), (1, 0), (2, 2), (2, 2)], [(2, 2), (2, 1), (0, 0), (0, 0)],
    [(0, 0), (0, 2), (1, 1), (1, 1)],
  ]
  private let better: Predictions = [
    [(1, 1), (1, 2), (2, 2), (2, 2)], [(2, 2), (2, 0), (0, 0), (0, 0)],
    [(0, 0), (0, 1), (1, 1), (1, 1)],
  ]

  @Test func `a difference that all folds share is the folds' own`() throws {
    // F1 of each fold: the mean of 2/3, 1 and 0; of 2/3 and 4/5. That of all together is the same.
    let comparison = try recorded(taken, better, by: f1)
    let sentence = try #require(comparison.sentences.first { $0.hasPrefix("other") })
    #expect(sentence.hasPrefix("other is better than one by 0.1778 in every fold alike"))
  }

  @Test func `no difference of all folds together is none, whatever the folds' own are`() throws {
    let comparison = try recorded(
      [[(1, 1), (1, 1), (1, 0), (2, 2)]] + taken.dropFirst(),
      [[(1, 1), (1, 1), (1, 2), (2, 2)]] + better.dropFirst(), by: f1)
    let row = try #require(comparison.rows.first { !$0.isBaseline })
    let found = try #require(row.differences[f1])
    #expect(abs(found.shown) < 1e-12 && (found.pValue ?? 1) < 0.05)
    let sentence = try #require(comparison.sentences.first { $0.hasPrefix("other") })
    #expect(sentence.hasPrefix("other: no difference beyond luck could be shown: the mean of the"))
    #expect(sentence.hasSuffix("that of all folds together 0.0000."))
  }

  @Test func `over common seeds are the difference shown, its interval and the gate`() throws {
    var runs: [RunRecord] = []
    for seed in 0..<3 { runs += folded(seed: seed) { 20 + $0 + 90 * seed } }
    for seed in 0..<2 {
      runs += folded("b", hash: "bbbbbbbb", seed: seed) { 30 + 2 * $0 + 90 * seed }
    }
    let comparison = try Comparison.alike(runs) {
      ($0.baseline, $0.metrics) = ("a", [accuracy])
      $0.gates = [RegressionGate(accuracy, margin: 0.001)]
    }
    let found = try #require(comparison.rows.first { !$0.isBaseline }?.differences[accuracy])
    #expect(abs(found.shown + 0.012) < 1e-12)
    #expect(abs((found.tested?.mean ?? 9) + 0.012) < 1e-12)
    #expect(comparison.gateFailures.first?.contains("by 0.0120 (corrected") == true)
    #expect(
      comparison.text(.table).contains(
        "Δ: difference from a of the scores of all folds together, over the common seeds; the test")
    )
  }
}
