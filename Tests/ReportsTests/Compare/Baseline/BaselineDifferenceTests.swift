import Foundation
import Metrics
import Records
import Reports
import Testing

@Suite("What is said about differences from a baseline, to the letter")
struct BaselineDifferenceTests {
  private static let accuracy = ScoreName(.test, .accuracy)

  /// A run of 1,000 test images, of which it mistakes so many.
  private func runs(
    _ name: String, _ mistakes: [Int], seeds: [Int]? = nil, dataset: String = "mnist"
  ) -> [RunRecord] {
    zip(seeds ?? Array(mistakes.indices), mistakes).map { seed, mistakes in
      .example(name, hash: name + "-hash", seed: seed, mistakes: mistakes, dataset: dataset)
    }
  }

  /// The sentence about each row, without the heading.
  private func sentences(
    _ runs: [RunRecord], score: ScoreName = Self.accuracy
  ) throws -> [String] {
    let comparison = try Comparison.alike(runs) {
      ($0.baseline, $0.metrics) = ("base", [score])
    }
    return Array(comparison.sentences.dropFirst())
  }

  @Test func betterThanLuck() throws {
    // scipy.stats.ttest_rel([.992, .993, .991, .992, .993], [.985, .988, .983, .986, .986])
    #expect(
      try sentences(runs("base", [15, 12, 17, 14, 14]) + runs("new", [8, 7, 9, 8, 7])) == [
        "new is better than base by 0.0066 (95 % interval 0.0052 to 0.0080, paired over 5 seeds; "
          + "p < 0.001): more than luck."
      ])
  }

  @Test func worseThanLuck() throws {
    #expect(
      try sentences(runs("base", [8, 7, 9, 8, 7]) + runs("new", [15, 12, 17, 14, 14])) == [
        "new is worse than base by 0.0066 (95 % interval 0.0052 to 0.0080, paired over 5 seeds; "
          + "p < 0.001): more than luck."
      ])
  }

  @Test("of a loss, less is better")
  func lossesTurnAround() throws {
    let score = ScoreName(.test, .loss)
    let all = runs("base", [15, 12, 17, 14, 14]) + runs("new", [8, 7, 9, 8, 7])
    #expect(
      try sentences(all, score: score) == [
        "new is better than base by 0.0132 (95 % interval 0.0104 to 0.0160, paired over 5 seeds; "
          + "p < 0.001): more than luck."
      ])
    let comparison = try Comparison.alike(all) {
      ($0.baseline, $0.metrics) = ("base", [score])
    }
    #expect(comparison.sentences.first == "Compared with base by test_loss (lower is better):")
  }

  @Test func notMoreThanLuck() throws {
    #expect(
      try sentences(runs("base", [10, 12, 9]) + runs("new", [9, 13, 8])) == [
        "new: no difference beyond luck could be shown (paired over 3 seeds; p = 0.667); the interval "
          + "-0.0025 to +0.0032 says how large one might be."
      ])
  }

  /// Alone, the first would be more than luck.
  @Test func theIntervalIsThatOfOneComparison() throws {
    let all =
      runs("base", [10, 12, 9, 11, 10]) + runs("alone", [11, 14, 12, 11, 13])
      + runs("more", [11, 11, 9, 12, 9]) + runs("most", [9, 13, 9, 10, 11])
    #expect(
      try sentences(all).contains(
        "alone: no difference beyond luck could be shown (paired over 5 seeds; p = 0.110 after Holm's "
          + "correction over 3 comparisons); the interval -0.0034 to -0.0002, of this comparison alone, says "
          + "how large one might be."))
  }

  @Test("several comparisons are corrected for, and only those that have a p-value count")
  func correction() throws {
    let all =
      runs("base", [15, 12, 17, 14, 14]) + runs("a", [8, 7, 9, 8, 7])
      + runs("b", [12, 12, 14, 12, 13]) + runs("c", [1])
    #expect(
      try sentences(all) == [
        "c is better than base by 0.0134, with too few seeds to tell: run more with --seeds 0-4.",
        "a is better than base by 0.0066 (95 % interval 0.0052 to 0.0080, paired over 5 seeds; "
          + "p < 0.001 after Holm's correction over 2 comparisons): more than luck.",
        "b is better than base by 0.0018 (95 % interval 0.0002 to 0.0034, paired over 5 seeds; "
          + "p = 0.037 after Holm's correction over 2 comparisons): more than luck.",
      ])
  }

  @Test("other seeds are compared by Welch's test")
  func unpaired() throws {
    // scipy.stats.ttest_ind([.99, .988, .991], [.98, .981, .983], equal_var=False)
    #expect(
      try sentences(runs("base", [20, 19, 17]) + runs("new", [10, 12, 9], seeds: [2, 3, 4])) == [
        "new is better than base by 0.0083 (95 % interval 0.0049 to 0.0118, unpaired, 6 runs; "
          + "p = 0.003): more than luck."
      ])
  }

  @Test("only the seeds that both have are pairs")
  func commonSeeds() throws {
    #expect(
      try sentences(runs("base", [20, 19, 17]) + runs("new", [10, 9, 9, 500])) == [
        "new is better than base by 0.0093 (95 % interval 0.0065 to 0.0122, paired over the 3 common "
          + "seeds; p = 0.005): more than luck."
      ])
  }

  @Test func theSameInEverySeed() throws {
    #expect(
      try sentences(runs("base", [10, 12]) + runs("new", [10, 12])) == [
        "new and base are the same in every seed (paired over 2 seeds)."
      ])
    #expect(
      try sentences(runs("base", [10, 10]) + runs("new", [10, 10], seeds: [5, 6])) == [
        "new and base are the same in every run (unpaired, 4 runs)."
      ])
  }

  @Test("a difference without spread is not called more than luck")
  func noSpread() throws {
    #expect(
      try sentences(runs("base", [10, 12]) + runs("new", [9, 11])) == [
        "new is better than base by 0.0010 in every seed alike (paired over 2 seeds); without any "
          + "spread no test can tell luck."
      ])
    #expect(
      try sentences(runs("base", [10, 10]) + runs("new", [9, 9], seeds: [5, 6])) == [
        "new is better than base by 0.0010 (unpaired, 4 runs); without any spread over seeds no test "
          + "can tell luck."
      ])
  }

  @Test("without spread there is no p-value, and the others are not corrected for it")
  func noSpreadHasNoProbability() throws {
    let comparison = try Comparison.of(
      RunCatalog(
        runs: runs("base", [15, 12, 17, 14, 14]) + runs("a", [8, 7, 9, 8, 7])
          + runs("same", [16, 13, 18, 15, 15])), [:]
    ) { ($0.baseline, $0.metrics) = ("base", [Self.accuracy]) }
    let differences = comparison.rows.map { $0.differences[Self.accuracy] }
    #expect(comparison.rows.map(\.name) == ["a", "base", "same"])
    #expect(differences.map { $0?.pValue != nil } == [true, false, false])
    #expect(differences.map { $0?.comparisons } == [1, nil, 1])
    #expect(
      comparison.text(.table).split(separator: "\n").dropFirst().prefix(3).map {
        $0.contains("<0.001")
      } == [true, false, false])
  }

  @Test("of rows on other training images the test tells something")
  func moreTrainingImages() throws {
    let more = RunRecord.example("more", hash: "m", mistakes: 5, trainingCount: 60_000)
    func sentences(_ metrics: [ScoreName]?) throws -> [String] {
      try Comparison.of(RunCatalog(runs: runs("base", [10]) + [more]), [:]) {
        ($0.baseline, $0.metrics) = ("base", metrics)
      }.sentences
    }
    #expect(
      try sentences(nil) == [
        "Compared with base by test_f1_macro:",
        "more is better than base by 0.0050, with too few seeds to tell: run more with --seeds 0-4.",
      ])
    #expect(
      try sentences([ScoreName(.validation, .accuracy)]).last
        == "more: not compared, its validation images are not those of base.")
  }

  @Test("sums of pairs are made in the order of seeds, then specs")
  func pairsHaveAnOrder() throws {
    // Differences of which every order of adding has another sum.
    let losses = (0..<10).map { pow(7.3, Double($0)) * ($0 % 2 == 0 ? 1 : -1) / 3 }
    var (all, specs) = ([RunRecord](), [String: RunValues]())
    for (place, loss) in losses.enumerated() {
      for optimizer in ["adam", "sgd"] {
        let hash = "\(place)\(optimizer)"
        specs[hash] = .example([
          "optimizer": .string(optimizer), "training.batch_size": .integer(place),
        ])
        all.append(.example(hash: hash, loss: optimizer == "adam" ? 0 : loss))
      }
    }
    let score = ScoreName(.test, .loss)
    let comparison = try Comparison.of(RunCatalog(runs: all), specs) {
      ($0.grouping, $0.baseline, $0.metrics) = (.values(key: "optimizer"), "adam", [score])
    }
    let sgd = try #require(comparison.rows.first { $0.name == "sgd" })
    #expect(sgd.differences[score]?.tested?.count == 10)
    #expect(sgd.differences[score]?.tested?.mean == SampleStatistics(losses)?.mean)
  }

  @Test func tooFewSeeds() throws {
    #expect(
      try sentences(runs("base", [10]) + runs("new", [9])) == [
        "new is better than base by 0.0010, with too few seeds to tell: run more with --seeds 0-4."
      ])
    #expect(
      try sentences(runs("base", [10, 11, 12]) + runs("new", [10])) == [
        "new is better than base by 0.0010, with too few seeds to tell: run more with --seeds 0-4."
      ])
    #expect(
      try sentences(runs("base", [10]) + runs("new", [10])) == [
        "new and base are the same, with too few seeds to tell: run more with --seeds 0-4."
      ])
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    let failed = RunRecord.example("failed", hash: "ff", status: .failed)
    #expect(
      try sentences(runs("base", [10, 11]) + runs("other", [1, 2], dataset: "digits") + [failed])
        .sorted() == [
          "failed: not compared, failed has no test_accuracy.",
          "other: not compared, its test images are not those of base.",
        ])
    #expect(
      try sentences(
        [.example("base", hash: "bb", hasValidation: false)] + runs("new", [1, 2]),
        score: ScoreName(.validation, .accuracy)) == [
          "new: not compared, base has no val_accuracy."
        ])
  }

  @Test func whatIsNotFiniteIsNotCompared() throws {
    let all = runs("base", [10, 11]) + runs("new", [10, 11])
    let broken = RunRecord.example("broken", hash: "b", mistakes: 20, loss: .nan)
    #expect(
      try sentences(all + [broken], score: ScoreName(.test, .loss)) == [
        "new and base are the same in every seed (paired over 2 seeds).",
        "broken: not compared, test_loss is not always a finite number.",
      ])
  }

  @Test("the sentences are about validation, unless there is none or another score is asked for")
  func judgedScore() throws {
    func heading(_ runs: [RunRecord], _ metrics: [ScoreName]?) throws -> String? {
      try Comparison.alike(runs) {
        ($0.baseline, $0.metrics) = ("base", metrics)
      }.sentences.first
    }
    let all = runs("base", [10, 11]) + runs("new", [10, 12])
    #expect(try heading(all, nil) == "Compared with base by val_f1_macro:")
    #expect(try heading(all, [Self.accuracy]) == "Compared with base by test_accuracy:")
    #expect(
      try heading(
        [
          .example("base", hash: "b", hasValidation: false),
          .example("new", hash: "n", hasValidation: false),
        ], nil) == "Compared with base by test_f1_macro:")
  }

  @Test("what rows are judged by is compared even where it is not shown")
  func judgedScoreIsCompared() throws {
    let comparison = try Comparison.alike([
      .example("base", hash: "b", hasValidation: false),
      .example("new", hash: "n", hasValidation: false),
    ]) { ($0.baseline, $0.sortColumn) = ("base", "val_loss") }
    #expect(
      comparison.sentences == [
        "Compared with base by test_loss (lower is better):",
        "new and base are the same, with too few seeds to tell: run more with --seeds 0-4.",
      ])
  }

  @Test("groups are paired where all else agrees, else not")
  func groups() throws {
    func sentences(_ key: String, _ baseline: String, _ filter: String?) throws -> [String] {
      try Comparison.sweep {
        $0.grouping = .values(key: key)
        ($0.baseline, $0.filter) = (baseline, try? filter.map { try RunFilter($0) })
      }.sentences
    }
    #expect(
      try sentences("optimizer", "adam", nil) == [
        "Compared with adam by val_f1_macro:",
        "sgd is worse than adam by 0.0032 (95 % interval 0.0025 to 0.0039, paired over 10 runs; "
          + "p < 0.001): more than luck.",
      ])
    #expect(
      try sentences("optimizer", "adam", "optimizer == adam or batch_size == 32").last
        == "sgd is worse than adam by 0.0032 (95 % interval 0.0018 to 0.0046, paired over the 5 common "
        + "runs; p = 0.003): more than luck.")
    let apart = "optimizer == adam and batch_size == 32 or optimizer == sgd and batch_size == 64"
    #expect(
      try sentences("optimizer", "adam", apart).last?.hasSuffix(
        "on average (unpaired, 10 runs), but their runs differ in other values, too, so that no test can "
          + "tell why.") == true)
  }
}
