import Diagnostics
import Metrics
import Records
import Reports
import Testing

@Suite("Columns that are asked for")
struct ComparisonColumnsTests {
  private func example(
    _ columns: String..., change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    try Comparison.example {
      change(&$0)
      $0.show(columns: columns)
    }
  }

  @Test func `a table has them alone, in their order, however narrow it is`() throws {
    let text = try example("test_accuracy", "experiment", "batch_size").text(.table, width: 20)
    #expect(
      text.hasPrefix(
        """
          test_accuracy  experiment                        batch_size
        0.9913 ± 0.0015  mnist-baseline *                         128
        0.9800           mnist-mlp (learning_rate: 0.01)           64
        """), "\(text)")
    #expect(!text.contains("no room for"))
  }

  @Test func `rows that others tell apart have whole labels`() throws {
    let lines = try example("experiment", "runs").text(.table).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("mnist-mlp (learning_rate: 0.003)") })
  }

  @Test func `the first score is that of the sentences`() throws {
    let comparison = try example("experiment", "test_accuracy", "p") {
      $0.baseline = "mnist-baseline"
    }
    #expect(comparison.judgedScore == ScoreName(.test, .accuracy))
    let header = comparison.text(.table).split(separator: "\n").first
    #expect(header.map { $0.split(separator: " ") } == ["experiment", "test_accuracy", "p"])
  }

  @Test func `files have them, too, with what belongs to them`() throws {
    let comparison = try example("optimizer", "val_f1_macro", "interval")
    let score = "val_f1_macro"
    #expect(
      comparison.text(.csv).hasPrefix(
        "optimizer,\(score)_mean,\(score)_sd,\(score)_low,\(score)_high,spec_hash,"))
  }

  @Test func `a value that all runs share can be shown`() throws {
    let lines = try example("experiment", "training.epochs").text(.table).split(separator: "\n")
    #expect(lines.first?.hasSuffix(" training.epochs") == true, "\(lines)")
  }

  @Test func `scores of classes`() throws {
    let comparison = try example("class", "val_recall") { $0.grouping = .classes([]) }
    let header = comparison.text(.table).split(separator: "\n").first
    #expect(header.map { $0.split(separator: " ") } == ["class", "val_recall"])
  }

  @Test func `an unknown one is told, with the nearest`() throws {
    let error = try #require(throws: Diagnostics.self) { try example("experiment", "optimiser") }
    #expect(error.rendered().contains("--columns: there is no column or value 'optimiser'"))
    #expect(error.rendered().contains("did you mean 'optimizer'?"))
  }

  @Test func `rows of several specs have no single value`() throws {
    let error = try #require(throws: Diagnostics.self) {
      try example("optimizer", "batch_size") { $0.grouping = .values(key: "optimizer") }
    }
    #expect(
      error.rendered().contains(
        "--columns: rows of '--group-by' may hold several values 'batch_size'"))
    #expect(error.rendered().contains("columns are optimizer, specs, runs, val_accuracy"))
  }

  @Test func `no value that differs is left out of a table that shows all`() throws {
    let runs: [RunRecord] = [.example("a", hash: "aa"), .example("b", hash: "bb")]
    func values(_ first: Int) -> RunValues {
      .of(.map((0..<12).map { ("key\($0)", .integer(first + $0)) }))
    }
    let specs = ["aa": values(0), "bb": values(1)]
    let short = try Comparison.of(RunCatalog(runs: runs), specs).text(.table)
    #expect(short.contains("more values differ"))
    let whole = try Comparison.of(RunCatalog(runs: runs), specs) { $0.showsAllValues = true }
      .text(.table)
    for number in 0..<12 { #expect(whole.contains(" key\(number) ")) }
    #expect(!whole.contains("more values differ"))
  }
}
