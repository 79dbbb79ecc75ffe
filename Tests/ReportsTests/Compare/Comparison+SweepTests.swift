import Records
import Reports
import Testing

@Suite("Rows of a sweep")
struct ComparisonSweepTests {
  /// Runs of three combinations of one sweep, the middle one best; `changed` is the batch size of the last.
  private func comparison(
    changed: Int = 128, lastVariant: String = "learning_rate: 0.1",
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    let runs: [RunRecord] = [
      .example("study", hash: "aa", mistakes: 20, variant: "learning_rate: 0.001"),
      .example("study", hash: "bb", mistakes: 8, variant: "learning_rate: 0.01"),
      .example("study", hash: "cc", mistakes: 30, variant: lastVariant),
    ]
    return try Comparison.of(
      RunCatalog(runs: runs),
      [
        "aa": .example(), "bb": .example(["optimizer.learning_rate": 0.01]),
        "cc": .example([
          "optimizer.learning_rate": 0.1, "training.batch_size": .integer(changed),
        ]),
      ], change)
  }

  /// The first column of each row.
  private func titles(_ comparison: Comparison) -> [String] {
    comparison.text(.table).split(separator: "\n").filter { $0.hasPrefix("study") }
      .map { $0.prefix { $0 != ")" } + ")" }.map { $0.replacing("  ", with: "") }
  }

  @Test("a row says its combination, however many rows are shown")
  func labels() throws {
    let all = [
      "study (learning_rate: 0.01)", "study (learning_rate: 0.001)", "study (learning_rate: 0.1)",
    ]
    #expect(try titles(comparison()) == all)
    #expect(try titles(comparison { $0.top = 1 }) == [all[0]])
    #expect(
      try titles(comparison { $0.filter = try? RunFilter("learning_rate == 0.1") }) == [all[2]])
    let page = ReportPage(try comparison { $0.filter = try? RunFilter("learning_rate == 0.1") })
      .html
    #expect(page.contains("<title>\(all[2]), seed 0</title>"))
    #expect(page.contains("<h1>\(all[2]), seed 0</h1>"))
  }

  @Test("a row for each run says the combination, and its own seed in a column")
  func singleRuns() throws {
    let runs = (0..<3).map {
      RunRecord.example("study", hash: "aa", seed: $0, variant: "learning_rate: 0.001")
    }
    let table = try Comparison.of(RunCatalog(runs: runs), ["aa": .example()]) {
      $0.grouping = .runs
    }.text(.table)
    for seed in 0..<3 {
      let row = try Regex("\\nstudy \\(learning_rate: 0.001\\)(?: \\*)? +\(seed) ")
      #expect(table.contains(row), "\(table)")
    }
  }

  @Test("what the combinations say is not counted as unsaid, and what they do not say is")
  func footnotes() throws {
    #expect(!(try comparison().text(.table).contains("differ")))
    // The batch size follows from the combination.
    #expect(!(try comparison(changed: 32).text(.table).contains("differ")))
    // Two experiments of one combination: somebody changed the spec in between.
    let changed = try comparison(changed: 32, lastVariant: "learning_rate: 0.01")
    #expect(changed.text(.table).contains(" runs  learning_rate  batch_size "))
    #expect(!changed.text(.table).contains("differ"))
  }

  @Test("two sweeps of one name say what only one of them varies")
  func twoSweepsOfOneName() throws {
    let runs: [RunRecord] = [
      .example("one", hash: "aa", variant: "learning_rate: 0.001"),
      .example("one", hash: "bb", variant: "learning_rate: 0.01"),
      .example("one", hash: "cc", variant: "batch_size: 8"),
      .example("one", hash: "dd", variant: "batch_size: 16"),
    ]
    let table = try Comparison.of(
      RunCatalog(runs: runs),
      [
        "aa": .example(), "bb": .example(["optimizer.learning_rate": 0.01]),
        "cc": .example(["training.batch_size": 8]), "dd": .example(["training.batch_size": 16]),
      ]
    ).text(.table)
    #expect(table.contains(" runs  learning_rate  batch_size  val_accuracy "))
  }

  @Test("two sweeps say in what they differ")
  func twoSweeps() throws {
    let runs: [RunRecord] = [
      .example("one", hash: "aa", variant: "learning_rate: 0.001"),
      .example("one", hash: "bb", variant: "learning_rate: 0.01"),
      .example("two", hash: "cc", variant: "learning_rate: 0.001"),
      .example("two", hash: "dd", variant: "learning_rate: 0.01"),
    ]
    let table = try Comparison.of(
      RunCatalog(runs: runs),
      [
        "aa": .example(), "bb": .example(["optimizer.learning_rate": 0.01]),
        "cc": .example(["training.batch_size": 8]),
        "dd": .example(["training.batch_size": 8, "optimizer.learning_rate": 0.01]),
      ]
    ).text(.table)
    #expect(table.contains(" runs  batch_size  val_accuracy "))
  }
}
