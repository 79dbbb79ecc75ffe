import Files
import Metrics
import Records
import Reports
import Testing

/// Runs with folds of validation, unless told otherwise.
struct ComparisonFoldsTests {
  /// Completed runs of these folds out of five; `mistakes` are those on test images, one less than on validation images.
  private func folded(
    _ name: String = "a", hash: String = "aaaaaaaa", seed: Int = 0, folds: [Int] = [0, 1, 2, 3, 4],
    mistakes: (Int) -> Int, logLoss: (Int) -> Double? = { _ in nil },
    of part: Manifest.DataPart = .validation, leftOutCount: Int = 0, testCount: Int = 0,
    division: String = ""
  ) -> [RunRecord] {
    folds.map { fold in
      .example(
        name, hash: hash, seed: seed, minute: fold + 10 * seed, mistakes: mistakes(fold),
        pixels: [part: "fold \(fold)\(division)"], logLoss: logLoss(fold),
        trainingCount: 240 - leftOutCount, leftOutCount: leftOutCount,
        fold: .init(index: fold, count: 5, part: part), validationCount: 60, testCount: testCount)
    }
  }

  private let name = ScoreName(.validation, .accuracy)

  @Test func `the predictions on all folds of a seed make one score together`() throws {
    let runs = (0..<2).flatMap { seed -> [RunRecord] in
      folded(seed: seed) { 9 + 10 * $0 + 5 * seed }
    }
    let comparison = try Comparison.alike(runs)
    let row = try #require(comparison.rows.first)
    #expect(comparison.rows.count == 1)
    // 10, 20, …, 50 of 1,000 images each, and five more.
    let statistics = try #require(row.statistics(name))
    #expect(statistics.count == 2)
    #expect(abs(statistics.mean - 0.9675) < 1e-12)
    let text = comparison.text(.table)
    #expect(text.contains("10/10"))
    #expect(
      text.contains(
        "val_…: cross-validated, one score for each seed, of its predictions on all 5 folds together"
      ))
    #expect(text.contains("(seeds: 2)"))
  }

  @Test func `macro scores are of the pooled predictions, not means over folds`() throws {
    // Class 1 has mistakes in fold 0 alone.
    let runs = folded { $0 == 0 ? 299 : -1 }
    let row = try #require(try Comparison.alike(runs).rows.first)
    let pooled = Scores(
      pooling: try runs.map { try #require($0.results?.validation) })
    #expect(row.statistics(ScoreName(.validation, .f1Macro))?.mean == pooled?.f1Macro)
    let mean = SampleStatistics(runs.compactMap { $0.results?.validation?.f1Macro })?.mean
    #expect(abs((mean ?? 0) - (pooled?.f1Macro ?? 0)) > 1e-4)
  }

  @Test func `the scores of one test part are means over the folds`() throws {
    let runs = folded(mistakes: { 10 * $0 }, testCount: 100)
    let comparison = try Comparison.alike(runs)
    let test = try #require(comparison.rows.first?.statistics(ScoreName(.test, .accuracy)))
    #expect(test.count == 1)
    #expect(abs(test.mean - 0.98) < 1e-12)
    #expect(
      comparison.text(.table).contains("test_…: one score for each seed, the mean over its 5 folds")
    )
  }

  @Test func `a seed that lacks folds counts in no score, and is named with them`() throws {
    let runs = folded { 9 + $0 } + folded(seed: 1, folds: [0, 2, 3]) { 100 + $0 }
    let comparison = try Comparison.alike(runs)
    let row = try #require(comparison.rows.first)
    #expect(row.statistics(name)?.count == 1)
    let text = comparison.text(.table)
    #expect(text.contains("8/10!"))
    #expect(text.contains("a: seed 1 lacks folds 1, 4 of 5, so it counts in no score"))
    let half = try Comparison.alike(folded(folds: [0, 1]) { 9 + $0 })
    #expect(half.rows.first?.statistics(name) == nil)
    #expect(half.text(.table).contains("lacks folds 2, 3, 4 of 5"))
  }

  @Test func `each fold has a row of its own on request`() throws {
    let comparison = try Comparison.alike(folded { 9 + $0 }) { $0.grouping = .runs }
    #expect(comparison.rows.count == 5)
    #expect(comparison.rows.map { $0.statistics(name)?.count } == [1, 1, 1, 1, 1])
    let lines = comparison.text(.csv).split(separator: "\n")
    #expect(lines[0].hasPrefix("experiment,seed,fold,"))
    #expect(
      Set(lines.dropFirst().map { $0.split(separator: ",")[2] }) == ["0", "1", "2", "3", "4"])
  }

  @Test func `specs with the same folds are compared by the corrected resampled t-test`() throws {
    let better = [0, 2, 1, 0, 1]
    let runs = (0..<2).flatMap { seed -> [RunRecord] in
      folded(seed: seed) { 20 + $0 }
        + folded("b", hash: "bbbbbbbb", seed: seed) { 20 + $0 - 4 - better[$0] }
    }
    let comparison = try Comparison.alike(runs) {
      $0.baseline = "a"
      $0.metrics = [ScoreName(.validation, .accuracy)]
    }
    let row = try #require(comparison.rows.first { !$0.isBaseline })
    let found = try #require(row.differences[name])
    let expected = try #require(
      MeanDifference(folds: [0.004, 0.006, 0.005, 0.004, 0.005], testRatio: 0.25))
    #expect(found.difference.count == 5)
    #expect(abs(found.difference.mean - expected.mean) < 1e-12)
    #expect(abs((found.difference.pValue ?? 1) / (expected.pValue ?? 1) - 1) < 1e-6)
    let text = comparison.text(.json)
    #expect(text.contains("corrected resampled t-test over 5 folds, each the mean of 2 seeds; p "))
    #expect(text.contains("Nadeau and Bengio 2003"))
    #expect(text.contains("\"test\": \"corrected_resampled_t\""))
  }

  @Test func `the test counts all images that were left to train on, also those beyond a limit`()
    throws
  {
    let better = [0, 2, 1, 0, 1]
    let runs =
      folded(mistakes: { 20 + $0 }, leftOutCount: 192)
      + folded("b", hash: "bbbbbbbb", mistakes: { 16 + $0 - better[$0] }, leftOutCount: 192)
    let comparison = try Comparison.alike(runs) { $0.baseline = "a" }
    let found = try #require(comparison.rows.first { !$0.isBaseline }?.differences[name])
    let expected = try #require(
      MeanDifference(folds: [0.004, 0.006, 0.005, 0.004, 0.005], testRatio: 0.25))
    #expect(abs((found.difference.pValue ?? 1) / (expected.pValue ?? 1) - 1) < 1e-6)
  }

  @Test func `seeds that are not common are said not to count`() throws {
    let runs =
      (0..<2).flatMap { seed in folded(seed: seed) { 20 + $0 } }
      + (1..<4).flatMap { seed in folded("b", hash: "bbbbbbbb", seed: seed) { 25 + 2 * $0 } }
    let comparison = try Comparison.alike(runs) { $0.baseline = "a" }
    #expect(
      comparison.sentences.joined().contains(
        "corrected resampled t-test over 5 folds, each over the 1 common seed"))
  }

  /// A metric that is no mean over images, such as F1, may differ one way in the folds' mean and the other way in all.
  @Test func `differences are those of the scores shown`() throws {
    let runs = folded { $0 == 0 ? 90 : 10 } + folded("b", hash: "bbbbbbbb") { 20 + 3 * $0 }
    let score = ScoreName(.validation, .f1Macro)
    let comparison = try Comparison.alike(runs) {
      $0.baseline = "a"
      $0.metrics = [score]
    }
    let row = try #require(comparison.rows.first { !$0.isBaseline })
    let baseline = try #require(comparison.baseline)
    let found = try #require(row.differences[score])
    let (own, other) = (
      try #require(row.statistics(score)?.mean), try #require(baseline.statistics(score)?.mean)
    )
    #expect(found.pooled != nil)
    #expect(abs(found.mean - (own - other)) < 1e-12)
    #expect(abs(found.mean - found.difference.mean) > 1e-6)
  }

  @Test func `other folds, and none, are not compared`() throws {
    let others = folded("b", hash: "bbbbbbbb", mistakes: { 20 + $0 }, division: " of another seed")
    let whole = [RunRecord.example("c", hash: "cccccccc", mistakes: 5, testCount: 0)]
    let half = folded("d", hash: "dddddddd", folds: [0, 1, 2, 3]) { 9 + $0 }
    let all = folded(mistakes: { 9 + $0 }) + others + whole + half
    let comparison = try Comparison.alike(all) {
      $0.baseline = "a"
    }
    let text = comparison.sentences.joined(separator: "\n")
    #expect(text.contains("b: not compared, its folds are not those of a"))
    #expect(text.contains("c: not compared, c has no folds"))
    #expect(text.contains("d: not compared, d has no seed with all of its folds"))
  }

  @Test func `beside folds of test, folds of validation are told apart`() throws {
    let ofTest = folded("b", hash: "bbbbbbbb", mistakes: { 9 + $0 }, of: .test, testCount: 100)
    let text = try Comparison.alike(folded { 9 + $0 } + ofTest).text(.table)
    #expect(
      text.contains(
        "val_… and test_…: cross-validated, one score for each seed, of its predictions on all 5 folds together "
          + "where each fold has other such images, else the mean over them"))
  }

  @Test func `groups of specs pool folds spec by spec`() throws {
    let runs = folded { 9 + $0 } + folded("b", hash: "bbbbbbbb") { 29 + $0 }
    var options = ComparisonOptions()
    options.grouping = .values(key: "tag")
    let comparison = try Comparison(RunCatalog(runs: runs), options) { _ in nil }
    #expect(comparison.rows.count == 1)
    #expect(comparison.rows[0].statistics(name)?.count == 2)
  }

  /// A comparison of two folds of two seeds with recorded predictions by this metric of validation images.
  private func recorded(
    _ runs: RecordedRuns, by metric: Metric = .rocAUCMacro
  ) throws -> Comparison {
    var options = ComparisonOptions()
    options.metrics = [ScoreName(.validation, metric)]
    return try Comparison(RunCatalog(paths: [runs.path]), options)
  }

  @Test func `metrics of probabilities are of those of all folds together`() throws {
    let runs = try RecordedRuns()
    var tables: [PredictionTable] = []
    for fold in 0..<2 {
      let folder = try runs.add(
        .init(
          fold: (fold, 2), predictions: [(0, 0), (1, 1 + fold), (2, 2), (1, 1), (0, fold)],
          confidence: fold == 0 ? 0.9 : 0.5, indices: (0..<5).map { 2 * $0 + fold }))
      tables.append(try folder.predictions())
    }
    let pooled = try #require(PredictionTable(pooling: tables))
    let wanted = try #require(Metric.rocAUCMacro.value(in: pooled.scoresByCrossEntropy))
    let comparison = try recorded(runs)
    let found = try #require(
      comparison.rows.first?.statistics(ScoreName(.validation, .rocAUCMacro)))
    #expect((found.mean, found.count) == (wanted, 1))
    let mean = SampleStatistics(
      tables.compactMap { Metric.rocAUCMacro.value(in: $0.scoresByCrossEntropy) })?.mean
    #expect(mean != wanted, "folds of other confidence are not ranked as one")
    #expect(comparison.predictionProblems.isEmpty)
  }

  @Test func `predictions that cannot be read leave such a metric unknown, and are named`() throws {
    let runs = try RecordedRuns()
    let folders = try (0..<2).map { try runs.add(.init(fold: ($0, 2))) }
    try Storage.write("index\n", to: folders[1].path(of: .predictions))
    let comparison = try recorded(runs)
    #expect(comparison.rows.first?.statistics(ScoreName(.validation, .rocAUCMacro)) == nil)
    #expect(comparison.predictionProblems.map(\.path) == [folders[1].path])
    #expect(
      comparison.text(.table).contains("unreadable predictions, not pooled: \(folders[1].path)"))
    #expect(comparison.text(.json).contains("its columns are not index, label"))
    // Who does not ask for it reads nothing.
    #expect(try recorded(runs, by: .f1Macro).predictionProblems.isEmpty)
  }

  @Test func `of predictions that runs do not record it is the mean over folds, as is said`() throws
  {
    // Their predictions are for the test images.
    let score = ScoreName(.validation, .logLoss)
    let values = [0.1, 0.2, 0.3, 0.4, 0.75]
    let runs = folded(mistakes: { 9 + $0 }, logLoss: { values[$0] }, testCount: 100)
    let comparison = try Comparison.alike(runs) { $0.metrics = [score] }
    let mean = try #require(comparison.rows.first?.statistics(score)?.mean)
    #expect(abs(mean - 0.35) < 1e-12)
    #expect(comparison.text(.table).contains("val_log_loss: the mean over the folds, since"))
    // Undefined in one fold, it has no mean.
    let partly = folded(
      mistakes: { 9 + $0 }, logLoss: { $0 < 4 ? values[$0] : nil }, testCount: 100)
    let undefined = try Comparison.alike(partly) { $0.metrics = [score] }
    #expect(undefined.rows.first?.statistics(score) == nil)
  }

  @Test func `a mean over folds is not ranked with what all folds make together`() throws {
    let (mean, pooled) = (
      folded(mistakes: { 9 + $0 }, testCount: 100),
      folded("b", hash: "bbbbbbbb", mistakes: { 20 + $0 })
    )
    func compared(by metric: Metric) throws -> Comparison {
      try Comparison.alike(mean + pooled) {
        $0.baseline = "a"
        $0.metrics = [ScoreName(.validation, metric)]
      }
    }
    let comparison = try compared(by: .logLoss)
    #expect(
      comparison.sentences.joined().contains(
        "b: not compared, val_log_loss is the mean over the folds of a, but of all folds of b together"
      ))
    #expect(
      comparison.text(.table).contains("val_log_loss: the mean over the folds of a, since runs"))
    #expect(try compared(by: .accuracy).sentences.joined().contains("a by 0.0110"))
  }

  /// What scikit-learn's users know as `scores.mean()` and `scores.std(ddof=1)`.
  @Test func `the spread over folds is shown beside their common score, also of one seed`() throws {
    let runs = folded { 9 + 10 * $0 }
    let comparison = try Comparison.alike(runs) { $0.metrics = [name] }
    let text = comparison.text(.table)
    // Accuracies 0.99, 0.98, 0.97, 0.96 and 0.95.
    #expect(text.contains("by fold") && text.contains("0.9700 ± 0.0158"), "\(text)")
    #expect(text.contains("by fold: val_accuracy of each fold by itself"))
    #expect(!text.contains("interval"), "one seed has none")
    #expect(
      comparison.text(.csv).contains(",val_accuracy_by_fold_mean,val_accuracy_by_fold_sd,"))
    #expect(
      comparison.text(.json).contains(
        "\"val_accuracy_by_fold\": {\"mean\": 0.97"))
    // Of two seeds, each fold has the mean of both.
    let seeds = try Comparison.alike(runs + folded(seed: 1) { 29 + 10 * $0 }) {
      $0.metrics = [name]
    }
    #expect(seeds.text(.table).contains("0.9600 ± 0.0158"))
    let none = try Comparison.alike(folded(folds: [0, 1]) { 9 + $0 }) { $0.metrics = [name] }
    #expect(!none.text(.table).contains("by fold"))
    let whole = try Comparison.alike([.example(mistakes: 5)]) { $0.metrics = [name] }
    #expect(!whole.text(.table).contains("by fold"))
  }
}
