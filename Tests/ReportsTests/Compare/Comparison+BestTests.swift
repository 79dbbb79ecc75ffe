import Metrics
import Records
import Reports
import Testing

@Suite("Which row of a comparison is the best")
struct ComparisonBestTests {
  @Test("the mark for the best is given among specs with the same data")
  func bestPerDataset() throws {
    let catalog = RunCatalog(runs: [
      .example("easy", hash: "aa", mistakes: 1, dataset: "synthetic_digits"),
      .example("good", hash: "bb", mistakes: 8), .example("poor", hash: "cc", mistakes: 20),
    ])
    let comparison = try Comparison(catalog)
    #expect(comparison.rows.filter(\.isBest).map(\.name) == ["good"])
    #expect(
      comparison.text(.table).contains(
        "\n*: best by val_f1_macro among those with the same validation images\n"))
  }

  @Test("what only the test has of other images, is no reason against being the best by validation")
  func bestByValidationImages() throws {
    func best(_ pixels: [Manifest.DataPart: String]) throws -> [String] {
      let runs: [RunRecord] = [
        .example("one", hash: "one", mistakes: 8),
        .example("other", hash: "other", mistakes: 9, pixels: pixels),
      ]
      return try Comparison(RunCatalog(runs: runs)).rows.filter(\.isBest).map(\.name)
    }
    #expect(try best([.test: "x"]) == ["one"])
    #expect(try best([.training: "x"]) == ["one"])
    #expect(try best([.validation: "x"]) == [])
  }

  @Test("the star is for the first of equals")
  func firstOfEquals() throws {
    for column in [nil, "experiment", "parameters"] {
      let comparison = try Comparison.of(
        RunCatalog(runs: [
          .example("c", hash: "1", parameters: 1), .example("a", hash: "2", parameters: 3),
          .example("b", hash: "3", parameters: 2), .example("d", hash: "4", mistakes: 50),
        ]), [:]
      ) { $0.sortColumn = column }
      #expect(
        comparison.rows.map(\.isBest) == [true, false, false, false], "by \(column ?? "score")")
    }
  }

  @Test("what is not a finite number is never the best", arguments: [Double.nan, -.infinity])
  func notFiniteIsNotBest(value: Double) throws {
    let runs: [RunRecord] = [
      .example("a", hash: "1", validationLoss: value), .example("b", hash: "2"),
      .example("c", hash: "3", validationLoss: value),
    ]
    for runs in [runs, runs.reversed()] {
      let comparison = try Comparison.alike(runs) {
        $0.metrics = [ScoreName(.validation, .loss)]
      }
      #expect(comparison.rows.filter(\.isBest).map(\.name) == ["b"])
    }
  }

  @Test("NaN has no place in an order", arguments: ["train_seconds", "learning_rate", "val_loss"])
  func notANumberComesLast(column: String) throws {
    let runs = (0..<7).map { place -> RunRecord in
      let value = place % 2 == 0 ? Double.nan : Double(10 - place)
      return .example(
        "\(place)", hash: "\(place)", minute: place, validationLoss: value, trainSeconds: value)
    }
    let specs = Dictionary(
      uniqueKeysWithValues: (0..<7).map { place in
        let value = place % 2 == 0 ? Double.nan : Double(10 - place)
        return ("\(place)", RunValues.example(["optimizer.learning_rate": .number(value)]))
      })
    let names = try Comparison.of(RunCatalog(runs: runs), specs) { $0.sortColumn = column }.rows
      .map(\.name)
    #expect(names == ["5", "3", "1", "0", "2", "4", "6"])
  }

  @Test("the best is told by validation, whatever rows are sorted by")
  func bestByValidation() throws {
    func choice(_ change: (inout ComparisonOptions) -> Void) throws -> String? {
      try Comparison.sweep(change).text(.table).split(separator: "\n")
        .first { $0.hasPrefix("*") }.map(String.init)
    }
    #expect(try choice { $0.sortColumn = "test_accuracy" } == "*: best by val_f1_macro")
    #expect(try choice { $0.sortColumn = "val_loss" } == "*: best by val_loss")
    #expect(
      try choice { $0.metrics = [ScoreName(.test, .loss), ScoreName(.validation, .accuracy)] }
        == "*: best by val_accuracy")
  }
}
