import Documents
import Metrics
import Records
import Reports
import Testing

/// Losses of different functions next to each other.
@Suite struct ReportedLossTests {
  private static let loss = ScoreName(.validation, .loss)

  /// Two runs of each of two specs, of which `changes` are in the second; its losses are smaller.
  private func comparison(
    _ changes: KeyValuePairs<String, PlainValue?>, parameters: Int = 225_034,
    _ options: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    let plain: KeyValuePairs<String, PlainValue?> = [
      "loss": "categorical_crossentropy", "loss.label_smoothing": 0.0,
    ]
    var runs: [RunRecord] = []
    for (name, loss, count) in [("plain", 0.5, 225_034), ("other", 0.25, parameters)] {
      for seed in 0..<2 {
        let value = loss + Double(seed) / 100
        runs.append(
          .example(
            name, hash: name, seed: seed, parameters: count, loss: value, validationLoss: value))
      }
    }
    let specs = ["plain": RunValues.example(plain), "other": RunValues.example(plain, changes)]
    return try Comparison.of(RunCatalog(runs: runs), specs) {
      ($0.metrics, $0.baseline) = ([Self.loss], "plain")
      $0.gates = [RegressionGate(Self.loss, margin: 10)]
      options(&$0)
    }
  }

  @Test(
    arguments: [
      (["loss": "focal"], "loss is focal, not categorical_crossentropy"),
      (["loss.label_smoothing": 0.1], "loss.label_smoothing is 0.1, not 0"),
      (["loss.gamma": 2.0], "loss.gamma is 2, not none"),
      (
        ["model.layers.dense.kernel_regularizer": ["type": "l2", "l2": 0.01]],
        "model.layers.dense.kernel_regularizer is l2, not none"
      ),
    ] as [(KeyValuePairs<String, PlainValue?>, String)])
  func `losses of different functions are neither starred, differenced, tested nor gated`(
    changes: KeyValuePairs<String, PlainValue?>, difference: String
  ) throws {
    let comparison = try comparison(changes)
    #expect(comparison.rows.filter(\.isBest).isEmpty)
    #expect(comparison.rows.allSatisfy { $0.differences[Self.loss] == nil })
    let obstacle = "its loss is another function than that of plain (\(difference))"
    #expect(
      comparison.sentences == [
        "Compared with plain by val_loss (lower is better):", "other: not compared, \(obstacle).",
      ])
    #expect(comparison.gateFailures == ["other cannot be judged by val_loss: \(obstacle)"])
    #expect(
      comparison.notes == [
        "sorted by val_loss among those with the same loss function",
        "losses are compared only where they are values of one function: that of other is another than that of "
          + "plain (\(difference)); compare by accuracy, precision, recall or F1",
      ])
  }

  @Test(
    arguments: [
      [:], ["loss.class_weight": "balanced"], ["loss.class_weight": ["3": 2.0]],
      ["optimizer": "sgd"], ["model.layers.dense.units": 20],
    ] as [KeyValuePairs<String, PlainValue?>])
  func `losses of one function are compared, whatever else differs`(
    changes: KeyValuePairs<String, PlainValue?>
  ) throws {
    let comparison = try comparison(changes)
    #expect(comparison.rows.map(\.isBest) == [true, false])
    #expect(comparison.rows[0].differences[Self.loss]?.tested?.mean == -0.25)
    #expect(comparison.gateFailures == [])
    #expect(comparison.notes == [])
  }

  @Test(arguments: [225_034, 100])
  func `the same regularizers of another network are another penalty`(parameters: Int) throws {
    let regularizer: PlainValue = ["type": "l2", "l2": 0.01]
    let runs: [RunRecord] = [
      .example("one", hash: "one", validationLoss: 0.5),
      .example("other", hash: "other", parameters: parameters, validationLoss: 0.25),
    ]
    let values = RunValues.example(["model.layers.dense.kernel_regularizer": regularizer])
    let comparison = try Comparison.of(
      RunCatalog(runs: runs), ["one": values, "other": values]
    ) { $0.metrics = [Self.loss] }
    #expect(comparison.rows.filter(\.isBest).count == (parameters == 225_034 ? 1 : 0))
  }

  @Test func `other scores are compared whatever the loss is`() throws {
    let accuracy = ScoreName(.validation, .accuracy)
    let comparison = try comparison(["loss": "focal"]) {
      ($0.metrics, $0.gates) = ([accuracy], [RegressionGate(accuracy, margin: 0)])
    }
    #expect(comparison.rows.filter(\.isBest).count == 1)
    #expect(comparison.gateFailures == [])
    #expect(comparison.notes == [])
  }

  @Test func `rows are sorted among those of one function, the most first`() throws {
    let losses = [("a", 0.3, "focal"), ("b", 0.9, "mean"), ("c", 0.1, "cross"), ("d", 0.7, "mean")]
    let comparison = try Comparison.of(
      RunCatalog(
        runs: losses.map { .example($0.0, hash: $0.0, validationLoss: $0.1) }),
      Dictionary(
        uniqueKeysWithValues: losses.map { ($0.0, .example(["loss": .string($0.2)])) })
    ) { $0.sortColumn = "val_loss" }
    #expect(comparison.rows.map(\.name) == ["d", "b", "a", "c"])
    #expect(comparison.rows.filter(\.isBest).map(\.name) == ["d"])
    #expect(
      comparison.text(.table)
        .contains("\n*: best by val_loss among those with the same loss function\n"))
  }

  @Test func `losses of several functions have no mean`() throws {
    let comparison = try comparison(["loss": "focal"]) {
      ($0.grouping, $0.baseline, $0.gates) = (.values(key: "optimizer"), nil, [])
    }
    #expect(comparison.rows.map(\.counted.count) == [4])
    #expect(comparison.rows[0].statistics(Self.loss) == nil)
    #expect(comparison.rows[0].statistics(ScoreName(.validation, .accuracy)) != nil)
    #expect(
      comparison.notes == [
        "adam: the losses of its runs are values of several functions, and have no mean"
      ])
    let gated = try self.comparison(["loss": "focal"]) {
      ($0.grouping, $0.baseline) = (.values(key: "optimizer"), "adam")
    }
    #expect(
      gated.gateFailures == [
        "adam, the baseline, has losses of several functions, which have no mean"
      ])
  }

  @Test func `a loss whose function is not known is not compared`() throws {
    let runs: [RunRecord] = [.example("one", hash: "one"), .example("other", hash: "other")]
    let comparison = try Comparison.of(RunCatalog(runs: runs), ["one": .example()]) {
      ($0.metrics, $0.baseline) = ([Self.loss], "one")
    }
    #expect(
      comparison.sentences.last
        == "other: not compared, its loss is another function than that of one (values.json cannot be "
        + "read).")
  }
}
