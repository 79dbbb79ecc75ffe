import Metrics
import Records
import Reports
import Testing

@Suite("The compare table, to the letter")
struct ComparisonTableTests {
  private func table(_ width: Int?) throws -> String {
    try Comparison.example().text(.table, width: width)
  }

  @Test func at60Columns() throws {
    #expect(
      try table(60) == """
        experiment        runs  learning_rate     val_f1_macro
        mnist-baseline *   3/3          0.001  0.9903 ± 0.0015
        mnist-mlp          1/1           0.01  0.9790
        mnist-mlp         1/2!          0.003  0.9740
        no-validation      1/1          0.001                –
        猫🙂              0/1!          0.001                –
        no room for: augmentation, optimizer, batch_size,
          val_accuracy, test_accuracy, test_precision_macro,
          test_recall_macro, test_f1_macro, interval, parameters,
          epochs, train_seconds

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted:
          runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (learning_rate: 0.003): seed 1 diverged in epoch
          2, step 17 (the loss is not a number), not counted:
          runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted:
          runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted:
          runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is
          missing

        """)
  }

  @Test func at80Columns() throws {
    #expect(
      try table(80) == """
        experiment        runs  learning_rate     val_f1_macro    test_f1_macro
        mnist-baseline *   3/3          0.001  0.9903 ± 0.0015  0.9913 ± 0.0015
        mnist-mlp          1/1           0.01  0.9790           0.9800
        mnist-mlp         1/2!          0.003  0.9740           0.9750
        no-validation      1/1          0.001                –  1.0000
        猫🙂              0/1!          0.001                –                –
        no room for: augmentation, optimizer, batch_size, val_accuracy, test_accuracy,
          test_precision_macro, test_recall_macro, interval, parameters, epochs,
          train_seconds

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted:
          runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (learning_rate: 0.003): seed 1 diverged in epoch 2, step 17 (the loss
          is not a number), not counted: runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is
          missing

        """)
  }

  @Test func at120Columns() throws {
    #expect(
      try table(120) == """
        experiment        runs  augmentation                    optimizer  learning_rate     val_f1_macro    test_f1_macro
        mnist-baseline *   3/3  []                              adam               0.001  0.9903 ± 0.0015  0.9913 ± 0.0015
        mnist-mlp          1/1  []                              adam                0.01  0.9790           0.9800
        mnist-mlp         1/2!  []                              adam               0.003  0.9740           0.9750
        no-validation      1/1  [random_rotation, random_zoom]  adam               0.001                –  1.0000
        猫🙂              0/1!  []                              sgd                0.001                –                –
        no room for: batch_size, val_accuracy, test_accuracy, test_precision_macro, test_recall_macro, interval, parameters,
          epochs, train_seconds

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted: runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (learning_rate: 0.003): seed 1 diverged in epoch 2, step 17 (the loss is not a number), not counted:
          runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func unlimited() throws {
    #expect(
      try table(nil) == """
        experiment        runs  augmentation                    optimizer  learning_rate  batch_size     val_accuracy     val_f1_macro    test_accuracy  test_precision_macro  test_recall_macro    test_f1_macro          interval  parameters  epochs  train_seconds
        mnist-baseline *   3/3  []                              adam               0.001         128  0.9903 ± 0.0015  0.9903 ± 0.0015  0.9913 ± 0.0015       0.9915 ± 0.0015    0.9913 ± 0.0015  0.9913 ± 0.0015  0.9857 to 0.9935     225,034    11.0           29.4
        mnist-mlp          1/1  []                              adam                0.01          64  0.9790           0.9790           0.9800                0.9808             0.9800           0.9800                          –     101,770    10.0           28.4
        mnist-mlp         1/2!  []                              adam               0.003          64  0.9740           0.9740           0.9750                0.9762             0.9750           0.9750                          –      50,890    10.0           28.4
        no-validation      1/1  [random_rotation, random_zoom]  adam               0.001         128                –                –  1.0000                1.0000             1.0000           1.0000                          –       7,850    10.0           28.4
        猫🙂              0/1!  []                              sgd                0.001         128                –                –                –                     –                  –                –                 –       1,000       –              –

        ±: standard deviation over seeds
        interval: 95 % interval of the mean val_f1_macro over seeds, not over images; by Student's t on the logit scale
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted: runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (learning_rate: 0.003): seed 1 diverged in epoch 2, step 17 (the loss is not a number), not counted: runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func theSortColumnIsNeverLeftOut() throws {
    let table = try Comparison.example { $0.sortColumn = "test_recall_macro" }
      .text(.table, width: 80)
    #expect(
      table.split(separator: "\n").prefix(3).map {
        $0.split(separator: " ")[1...].joined(separator: " ")
      } == [
        "runs learning_rate val_f1_macro test_recall_macro",
        "1/1 0.001 – 1.0000",
        "* 3/3 0.001 0.9903 ± 0.0015 0.9913 ± 0.0015",
      ])
  }

  @Test("scores have as many digits as asked for, and only those asked for are shown")
  func digitsAndMetrics() throws {
    let table = try Comparison.sweep {
      ($0.digits, $0.top) = (2, 1)
      $0.metrics = [ScoreName(.test, .loss), ScoreName(.validation, .recallMacro)]
    }.text(.table)
    #expect(
      table.split(separator: "\n").prefix(2) == [
        "experiment  runs  optimizer  batch_size    test_loss  val_recall_macro      interval  parameters  epochs  train_seconds",
        "sweep *      5/5  adam               32  0.02 ± 0.00       0.99 ± 0.00  0.02 to 0.03     225,034    12.0           30.4",
      ])
  }

  @Test func colourDisturbsNoWidth() throws {
    let comparison = try Comparison.example()
    let coloured = comparison.text(.table, width: 80, hasColor: true)
    #expect(coloured.contains("\n\u{1B}[1;32mmnist-baseline *   3/3 "))
    #expect(coloured.contains("0.9913 ± 0.0015\u{1B}[0m\n"))
    let plain = coloured.replacing("\u{1B}[1;32m", with: "").replacing("\u{1B}[0m", with: "")
    #expect(plain == comparison.text(.table, width: 80))
  }

  @Test("of many values that differ those outside of layers are shown, and the others counted")
  func manyDifferences() throws {
    func values(_ value: Int, filters: Int) -> RunValues {
      .of([
        "model": ["layers": [["type": "conv2d", "filters": .integer(filters)]]],
        "training": .map((0..<20).map { ("value_\($0)", .integer(value)) }),
      ])
    }
    let runs = RunCatalog(runs: [.example("a", hash: "a"), .example("b", hash: "b")])
    let comparison = try Comparison.of(
      runs,
      [
        "a": values(1, filters: 1), "b": values(2, filters: 2),
      ])
    let header = comparison.text(.table).prefix { $0 != "\n" }
    #expect(header.matches(of: /value_/).count == 8)
    #expect(!header.contains("filters"))
    #expect(
      comparison.text(.markdown).contains(
        "- 13 more values differ; '--format csv' and '--format json' have all\n"))
    #expect(comparison.text(.csv).contains(",model.layers.conv2d.filters,"))
  }
}
