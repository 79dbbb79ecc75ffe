import Diagnostics
import Metrics
import Records
import Reports
import Testing

@Suite("Which runs a comparison counts, and in which order")
struct ComparisonTests {
  private func rows(_ runs: RunRecord...) throws -> [ComparisonRow] {
    try Comparison(RunCatalog(runs: runs)).rows
  }

  private static let testF1 = ScoreName(.test, .f1Macro)

  @Test func seedsOfOneSpecAreAveraged() throws {
    let row = try #require(
      try rows(.example(seed: 0, mistakes: 10), .example(seed: 1, mistakes: 20)).first)
    let accuracy = try #require(row.statistics(ScoreName(.test, .accuracy)))
    #expect(accuracy.count == 2)
    #expect(abs(accuracy.mean - 0.985) < 1e-12)
    #expect(abs(try #require(accuracy.standardDeviation) - 0.005 * 2.0.squareRoot()) < 1e-12)
  }

  @Test func repeatingASeedNarrowsNothing() throws {
    let (older, later) = (RunRecord.example(minute: 0), RunRecord.example(minute: 1, mistakes: 9))
    let row = try #require(try rows(later, older).first)
    #expect(row.counted == [later])
    #expect(row.superseded == [older])
    #expect(row.statistics(Self.testF1)?.standardDeviation == nil)
  }

  @Test(arguments: [RunStatus.failed, .interrupted, .diverged, .running, .crashed])
  func aLaterRunThatDidNotCompleteReplacesNothing(status: RunStatus) throws {
    let completed = RunRecord.example(minute: 0)
    let later = RunRecord.example(minute: 1, status: status)
    let row = try #require(try rows(completed, later).first)
    #expect(row.counted == [completed])
    #expect(row.unfinished == [later])
    #expect(row.seeds == [0])
    #expect(row.attempted == 1)
  }

  @Test func aFailureThatWasRepairedIsSuperseded() throws {
    let failed = RunRecord.example(minute: 0, status: .failed)
    let row = try #require(try rows(failed, .example(minute: 1)).first)
    #expect(row.unfinished.isEmpty)
    #expect(row.superseded == [failed])
  }

  @Test func aSpecWhoseNameChangedIsOneRow() throws {
    let comparison = try Comparison(
      RunCatalog(runs: [.example("old", seed: 0), .example("new", seed: 1, minute: 1)]))
    #expect(comparison.rows.map(\.name) == ["new"])
    #expect(comparison.notes.contains("new: includes runs of the same spec named 'old'"))
  }

  @Test("rows of one name that nothing else tells apart show their hashes")
  func twoSpecsOfOneNameAreTwoRows() throws {
    let table = try Comparison(
      RunCatalog(runs: [.example(hash: "aaaaaaaa", mistakes: 9), .example(hash: "bbbbbbbb")])
    ).text(.table)
    let labels = table.split(separator: "\n").dropFirst().prefix(2).map { $0.prefix(25) }
    #expect(labels == ["mnist-baseline (bbbbbb) *", "mnist-baseline (aaaaaa)  "])
  }

  @Test(
    arguments: [
      ("experiment", "a"), ("runs", "b"), ("parameters", "a"), ("epochs", "c"),
      ("train_seconds", "c"), ("val_loss", "c"), ("val_accuracy", "c"), ("test_f1_macro", "c"),
      ("batch_size", "b"), ("optimizer", "a"), ("training.batch_size", "b"),
    ])
  func theBestComesFirst(column: String, first: String) throws {
    let catalog = RunCatalog(runs: [
      .example("a", hash: "1", seed: 3, mistakes: 20, parameters: 100),
      .example("b", hash: "2", seed: 1, mistakes: 30, parameters: 200),
      .example("b", hash: "2", seed: 2, mistakes: 30, parameters: 200),
      .example("c", hash: "3", seed: 0, mistakes: 10, parameters: 300),
      .example("d", hash: "4", seed: 0, status: .failed, parameters: 400),
    ])
    let specs: [String: RunValues] = [
      "1": .example(["training.batch_size": 1000]),
      "2": .example(["training.batch_size": 64, "optimizer": "sgd"]),
      "3": .example(["optimizer": "sgd"]),
    ]
    let rows = try Comparison.of(catalog, specs) { $0.sortColumn = column }.rows
    #expect(rows.first?.name == first)
    #expect(rows.last?.name == "d", "what has no value comes last")
  }

  @Test func columnsThatAreNotThereAreNoneToSortBy() throws {
    func mistake(_ column: String) throws -> String? {
      try #require(throws: Diagnostics.self) { try Comparison.example { $0.sortColumn = column } }
        .rendered()
    }
    #expect(
      try mistake("val_f1") == """
        error: --sort-by: there is no column or value 'val_f1'
        hint: did you mean 'val_f1_macro'?
        """)
    #expect(
      try mistake("leaning_rate") == """
        error: --sort-by: there is no column or value 'leaning_rate'
        hint: did you mean 'learning_rate'?
        """)
  }

  @Test("runs with the same values on different images are two rows")
  func changedDataIsAnotherRow() throws {
    func run(_ seed: Int, checksum: String) -> RunRecord {
      .example(hash: checksum, seed: seed, pixels: [.test: checksum])
    }
    let catalog = RunCatalog(runs: [
      run(0, checksum: "aaaaaaaaaa"), run(1, checksum: "aaaaaaaaaa"),
      run(0, checksum: "bbbbbbbbbb"),
    ])
    let comparison = try Comparison(catalog)
    #expect(comparison.rows.map(\.counted.count).sorted() == [1, 2])
    let table = comparison.text(.table)
    #expect(table.contains("mnist-baseline (test_pixels aaaaaa)"))
    #expect(table.contains("mnist-baseline (test_pixels bbbbbb)"))
    #expect(!table.contains("has a later run"))
  }

  @Test("runs of one experiment are one row, whatever their dataset is called and wherever it lies")
  func sameContentsAreOneRow() throws {
    let comparison = try Comparison(
      RunCatalog(runs: [.example(seed: 0), .example(seed: 1, dataset: "idx")]))
    #expect(comparison.rows.map(\.counted.count) == [2])
  }

  @Test("a group says in what its experiments differ below the value that they share")
  func mixedGroups() throws {
    let runs: [RunRecord] = [.example(hash: "a"), .example(hash: "b", minute: 1)]
    let comparison = try Comparison.of(
      RunCatalog(runs: runs), ["a": .example(), "b": .example(["optimizer.beta_1": 0.5])]
    ) { $0.grouping = .values(key: "optimizer") }
    #expect(comparison.notes == ["adam: holds experiments that differ in optimizer.beta_1"])
  }

  @Test func nothingToCompareIsSaid() throws {
    let comparison = try Comparison(RunCatalog(runs: []))
    #expect(comparison.text(.table, width: 80) == "no runs to compare\n")
    #expect(comparison.text(.markdown) == "no runs to compare\n")
  }

  @Test func onlyTheFirstRowsAreShownAndTheBaseline() throws {
    let comparison = try Comparison.sweep {
      ($0.top, $0.baseline) = (1, "sweep (optimizer: sgd, batch_size: 64)")
    }
    #expect(
      comparison.rows.map(\.label) == [
        "sweep (optimizer: adam, batch_size: 32)", "sweep (optimizer: sgd, batch_size: 64)",
      ])
    #expect(comparison.notes.contains("--top leaves out 2 rows"))
    let difference = comparison.rows[0].differences[ScoreName(.validation, .f1Macro)]
    #expect(difference?.comparisons == 3, "the correction is for all rows that were compared")
  }

  @Test("a baseline is found by label, name, or the beginning of the spec's hash")
  func baseline() throws {
    func baseline(_ name: String) throws -> String? {
      try Comparison.example { $0.baseline = name }.baseline?.label
    }
    #expect(try baseline("no-validation") == "no-validation")
    #expect(try baseline("3f9c") == "mnist-baseline")
    #expect(
      try baseline("mnist-mlp (learning_rate: 0.01)") == "mnist-mlp (learning_rate: 0.01)")
  }

  @Test func aBaselineIsOneRow() throws {
    func mistake(_ name: String) throws -> String? {
      try #require(throws: BaselineError.self) { try Comparison.example { $0.baseline = name } }
        .description
    }
    #expect(
      try mistake("mnist-mlp") == """
        --baseline: 'mnist-mlp' means 2 rows, but one is wanted:
          'mnist-mlp (learning_rate: 0.01)' (aa11bb)
          'mnist-mlp (learning_rate: 0.003)' (dd33ee)
        """)
    #expect(
      try mistake("mnist") == """
        --baseline: no row is 'mnist'; there are:
          'mnist-baseline' (3f9c0a)
          'mnist-mlp (learning_rate: 0.003)' (dd33ee)
          'mnist-mlp (learning_rate: 0.01)' (aa11bb)
          'no-validation' (987654)
          '猫🙂' (012345)
        """)
    #expect(try mistake("") == mistake("mnist")?.replacing("'mnist';", with: "'';"))
  }

  @Test("specs that cannot be read are named once each, with the reason")
  func unreadableSpecs() throws {
    let recorded = try RecordedRuns()
    let paths = try [0, 1].map { try recorded.add(.init(hash: "cc", seed: $0, values: nil)).path }
    try recorded.add(.init(name: "whole", hash: "dd"))
    let notes = try Comparison(RunCatalog(paths: [recorded.path])).notes
    #expect(notes.count == 2)
    for (note, path) in zip(notes, paths) {
      #expect(note.hasPrefix("unreadable values: \(path): values.json"))
    }
  }

  @Test func `classes without test images that macro averages count as 0 are named`() throws {
    func run(_ name: String, _ predictions: [Int]) -> RunRecord {
      let scores = Scores(
        confusionMatrix: ConfusionMatrix(
          labels: predictions.map { _ in 0 }, predictions: predictions, classCount: 2), loss: 1)
      return RunRecord(
        folder: RunFolder(path: name), manifest: .example(name, hash: name),
        results: Results(
          validation: nil, test: scores, weightsEpoch: 1, weightsSHA256: "", epochs: 1,
          trainSeconds: 1,
          imagesPerSecond: 1, stopReason: nil, targets: []))
    }
    let runs = [run("right", [0, 0, 0]), run("one", [0, 0, 1]), run("two", [0, 1, 1])]
    func notes(_ metrics: [ScoreName]?) throws -> [String] {
      try Comparison.alike(runs) { $0.metrics = metrics }.notes
    }
    #expect(
      try notes(nil) == [
        "class '1' has no test images, but some predictions; the macro averages count 0 there: one, two"
      ])
    #expect(try notes([ScoreName(.test, .accuracy)]) == [])
  }

  @Test func groupsHoldTheRunsOfAllSpecsWithTheirValue() throws {
    let comparison = try Comparison.sweep { $0.grouping = .values(key: "batch_size") }
    #expect(comparison.rows.map(\.label) == ["32", "64"])
    #expect(comparison.rows.map(\.counted.count) == [10, 10])
    #expect(comparison.rows.map(\.specHashes.count) == [2, 2])
    #expect(comparison.options.grouping == .values(key: "training.batch_size"))
    let mistake = try #require(throws: Diagnostics.self) {
      try Comparison.sweep { $0.grouping = .values(key: "batchsize") }
    }
    #expect(
      mistake.rendered() == """
        error: --group-by: no experiment has a value 'batchsize'
        hint: did you mean 'batch_size'?
        """)
  }

  @Test func groupsAreSortedByWhatTheyAllHave() throws {
    func names(_ column: String) throws -> [String] {
      try Comparison.sweep { ($0.grouping, $0.sortColumn) = (.values(key: "batch_size"), column) }
        .rows.map(\.name)
    }
    #expect(try names("batch_size") == ["32", "64"])
    #expect(try names("test_loss") == ["32", "64"])
    let mistake = try #require(throws: Diagnostics.self) { try names("optimizer") }
    #expect(
      mistake.rendered().hasPrefix(
        "error: --sort-by: rows of '--group-by' may hold several values 'optimizer'\nhint: sort by")
    )
  }

  @Test func seedsAreNoCounts() throws {
    let catalog = RunCatalog(runs: [.example(seed: 20_260)])
    let table = try Comparison.of(catalog, [:]) { $0.grouping = .runs }.text(.table)
    #expect(table.contains("\nmnist-baseline  20260  "))
  }

  @Test func runsHaveRowsOfTheirOwn() throws {
    let comparison = try Comparison.example { $0.grouping = .runs }
    #expect(comparison.rows.map(\.counted.count) == [1, 1, 1, 1, 1, 1])
    #expect(comparison.notes.contains { $0.contains("seed 1 diverged in epoch 2, step 17") })
    #expect(comparison.notes.contains { $0.contains("seed 0 has a later run") })
    #expect(comparison.notes.contains { $0.contains("猫🙂: seed 0 running") })
  }
}
