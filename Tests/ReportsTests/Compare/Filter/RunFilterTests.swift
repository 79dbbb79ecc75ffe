import Diagnostics
import Documents
import Metrics
import Records
import Reports
import Testing

@Suite("Which runs a filter takes")
struct RunFilterTests {
  /// The hashes of those of the example's specs for which `expression` holds.
  private func names(_ expression: String) throws -> [String] {
    let runs: [RunRecord] = [
      .example("adam", hash: "a", seed: 0, mistakes: 8, parameters: 100),
      .example(
        "sgd", hash: "b", seed: 1, minute: 1, mistakes: 20, parameters: 200, tag: "before-fix"),
      .example("with space", hash: "c", seed: 2, minute: 2, status: .failed, dataset: "digits"),
    ]
    let specs: [String: RunValues] = [
      "a": .example(["optimizer.learning_rate": 1.0e-03, "optimizer.amsgrad": true]),
      "b": .example([
        "optimizer": "sgd", "optimizer.learning_rate": 0.01, "training.epochs": 5,
      ]),
      "c": .example([
        "optimizer": "rmsprop", "model.layers.conv2d.kernel_size": [3, 3],
        "augmentation": [["type": "random_zoom"]],
      ]),
    ]
    let comparison = try Comparison.of(RunCatalog(runs: runs), specs) {
      $0.filter = try? RunFilter(expression)
      #expect($0.filter != nil, "it is an expression")
    }
    return comparison.rows.map(\.name).sorted()
  }

  @Test(arguments: [
    // Spec values, by key or the end of one
    ("optimizer == adam", ["adam"]), ("optimizer.type == adam", ["adam"]),
    ("optimizer != adam", ["sgd", "with space"]),
    ("optimizer.learning_rate == 0.001", ["adam", "with space"]),
    ("learning_rate == 1e-3", ["adam", "with space"]), ("learning_rate > 0.001", ["sgd"]),
    ("training.epochs <= 5", ["sgd"]), ("training.epochs < 5", []),
    ("training.epochs >= 12", ["adam", "with space"]),
    ("batch_size == 128.0", ["adam", "sgd", "with space"]), ("amsgrad == true", ["adam"]),
    ("kernel_size == '[3, 3]'", ["with space"]),
    ("augmentation == '[random_zoom]'", ["with space"]),
    // What a spec lacks
    ("amsgrad == false", []), ("amsgrad != true", ["sgd", "with space"]),
    ("not amsgrad == true", ["sgd", "with space"]), ("kernel_size > 0", []),
    // Scores and the rest
    ("test_accuracy > 0.99", ["adam"]), ("test_accuracy <= 1", ["adam", "sgd"]),
    ("name == 'with space'", ["with space"]), ("name == \"sgd\"", ["sgd"]),
    ("tag == before-fix", ["sgd"]), ("tag != before-fix", ["adam", "with space"]),
    ("seed == 1", ["sgd"]), ("status == failed", ["with space"]), ("parameters < 200", ["adam"]),
    ("epochs == 10", ["adam"]), ("train_seconds > 29", ["sgd"]),
    ("dataset == digits", ["with space"]),
    // Composition
    ("optimizer in [adam, sgd]", ["adam", "sgd"]),
    ("optimizer not in [adam]", ["sgd", "with space"]),
    ("learning_rate in [1e-2]", ["sgd"]),
    ("optimizer == adam or optimizer == sgd and seed == 0", ["adam"]),
    ("(optimizer == adam or optimizer == sgd) and seed == 1", ["sgd"]),
    ("not (seed == 0 or seed == 1)", ["with space"]), ("not not seed == 0", ["adam"]),
    ("optimizer==adam and\n seed<1", ["adam"]),
  ])
  func itHoldsFor(expression: String, expected: [String]) throws {
    #expect(try names(expression) == expected)
  }

  @Test func whatItLeavesOutIsSaid() throws {
    let comparison = try Comparison.sweep { $0.filter = try? RunFilter("optimizer == sgd") }
    #expect(comparison.rows.count == 2)
    #expect(comparison.notes.contains("--where leaves out 10 runs"))
  }

  @Test func itActsBeforeRunsAreGrouped() throws {
    let comparison = try Comparison.sweep { $0.filter = try? RunFilter("seed in [0, 1]") }
    #expect(comparison.rows.map(\.counted.count) == [2, 2, 2, 2])
  }

  @Test("which run of a seed counts is no matter of filters")
  func supersededRunsStaySo() throws {
    let (older, later) = (
      RunRecord.example(minute: 0, mistakes: 1, trainSeconds: 10),
      RunRecord.example(minute: 1, mistakes: 20, trainSeconds: 50)
    )
    let repaired = [
      RunRecord.example(seed: 1, minute: 2, status: .failed), .example(seed: 1, minute: 3),
    ]
    func rows(_ expression: String) throws -> [ComparisonRow] {
      try Comparison.of(RunCatalog(runs: [older, later] + repaired), ["3f9c0a7712": .example()]) {
        $0.filter = try? RunFilter(expression)
      }.rows
    }
    #expect(try rows("train_seconds < 30").map(\.counted) == [[repaired[1]]])
    #expect(try rows("test_accuracy > 0.995").isEmpty)
    #expect(try rows("status == failed").isEmpty)
    let all = try #require(try rows("test_accuracy > 0.5").first)
    #expect(all.counted == [later, repaired[1]])
    #expect(all.superseded == [older, repaired[0]])
    let seed = try #require(try rows("seed == 0").first)
    #expect(seed.counted == [later])
    #expect(seed.superseded == [older])
  }

  @Test(
    "runs whose specs cannot be read have a name, a seed, a status and scores",
    arguments: [
      ("seed == 1", 1), ("name == mnist-baseline", 2), ("status == failed", 0),
      ("test_accuracy > 0.5", 2), ("optimizer == adam", 0), ("optimizer not in [adam]", 2),
    ])
  func unreadableSpecs(expression: String, count: Int) throws {
    let catalog = RunCatalog(runs: [.example(seed: 0), .example(seed: 1, minute: 1)])
    let rows = try Comparison.of(catalog, [:]) { $0.filter = try? RunFilter(expression) }.rows
    #expect(rows.reduce(0) { $0 + $1.counted.count } == count)
  }

  @Test func withoutRunsNoNameIsWrong() throws {
    let comparison = try Comparison.of(RunCatalog(runs: []), [:]) {
      $0.filter = try? RunFilter("whatever == 1")
    }
    #expect(comparison.text(.table) == "no runs to compare\n")
  }

  /// What is wrong with the names in `expression`, as the user reads it.
  private func mistake(_ expression: String) throws -> String {
    let error = try #require(throws: Diagnostics.self) { _ = try names(expression) }
    return error.rendered()
  }

  @Test func unknownNamesAreAllPointedAt() throws {
    #expect(
      try mistake("optimiser == adam and test_f1 > 0.9 and zzzzzz == 1") == """
        --where:1:1: error: no run has a value 'optimiser'
            1 | optimiser == adam and test_f1 > 0.9 and zzzzzz == 1
              | ^
        hint: did you mean 'optimizer'?
        --where:1:23: error: no run has a value 'test_f1'
            1 | optimiser == adam and test_f1 > 0.9 and zzzzzz == 1
              |                       ^
        hint: did you mean 'test_f1_macro'?
        --where:1:41: error: no run has a value 'zzzzzz'
            1 | optimiser == adam and test_f1 > 0.9 and zzzzzz == 1
              |                                         ^
        hint: values.json in a run's folder has all values; 'exp show RUN ADDRESS' shows one
        """)
  }

  @Test("a run's own addresses count, whatever other runs are beside it")
  func ownAddresses() throws {
    func network(_ units: PlainValue...) -> RunValues {
      .of(["model": ["layers": .list(units.map { ["type": "dense", "units": $0] })]])
    }
    let runs: [RunRecord] = [.example("a", hash: "a"), .example("b", hash: "b", minute: 1)]
    func names(_ expression: String) throws -> [String] {
      try Comparison.of(RunCatalog(runs: runs), ["a": network(8, 10), "b": network(12, 8, 10)]) {
        $0.filter = try? RunFilter(expression)
      }.rows.map(\.name)
    }
    #expect(try names("dense.units == 12") == ["b"])
    #expect(try names("dense_2.units == 10") == ["b"])
    #expect(try names("dense_1.units == 10") == ["a"])
    #expect(try names("model.layers.0.units == 8") == ["a"])
  }

  @Test func ambiguousEndsAreListed() throws {
    let runs = RunCatalog(runs: [.example(hash: "a")])
    let specs = ["a": RunValues.example(["model.layers.dense.filters": 64])]
    let error = try #require(throws: Diagnostics.self) {
      _ = try Comparison.of(runs, specs) { $0.filter = try? RunFilter("filters > 32") }
    }
    #expect(
      error.rendered() == """
        --where:1:1: error: 'filters' is the end of 2 addresses: 'model.layers.conv2d.filters', 'model.layers.dense.filters'
            1 | filters > 32
              | ^
        hint: write more of the address that is meant
        """)
  }
}
