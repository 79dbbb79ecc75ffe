import Reports
import Testing

@Suite("The compare table, to the letter")
struct ComparisonTableTests {
  private func table(_ width: Int?) -> String { Comparison(.example).text(.table, width: width) }

  @Test func at60Columns() {
    #expect(
      table(60) == """
        experiment          runs     val_f1_macro    test_f1_macro
        mnist-baseline *       3  0.9903 ± 0.0015  0.9913 ± 0.0015
        mnist-mlp (aa11bb)     1  0.9790           0.9800
        mnist-mlp (dd33ee)  1/2!  0.9740           0.9750
        no-validation          1                –  1.0000
        猫🙂                0/1!                –                –
        no room for: val_accuracy, test_accuracy,
          test_precision_macro, test_recall_macro, parameters,
          epochs, train_seconds

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted:
          runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (dd33ee): seed 1 diverged in epoch 2, step 17 (the
          loss is not a number), not counted:
          runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted:
          runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted:
          runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is
          missing

        """)
  }

  @Test func at80Columns() {
    #expect(
      table(80) == """
        experiment          runs     val_accuracy     val_f1_macro    test_f1_macro
        mnist-baseline *       3  0.9903 ± 0.0015  0.9903 ± 0.0015  0.9913 ± 0.0015
        mnist-mlp (aa11bb)     1  0.9790           0.9790           0.9800
        mnist-mlp (dd33ee)  1/2!  0.9740           0.9740           0.9750
        no-validation          1                –                –  1.0000
        猫🙂                0/1!                –                –                –
        no room for: test_accuracy, test_precision_macro, test_recall_macro, parameters,
          epochs, train_seconds

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted:
          runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (dd33ee): seed 1 diverged in epoch 2, step 17 (the loss is not a
          number), not counted: runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is
          missing

        """)
  }

  @Test func at120Columns() {
    #expect(
      table(120) == """
        experiment          runs     val_accuracy     val_f1_macro    test_accuracy    test_f1_macro  parameters  train_seconds
        mnist-baseline *       3  0.9903 ± 0.0015  0.9903 ± 0.0015  0.9913 ± 0.0015  0.9913 ± 0.0015     225,034           29.4
        mnist-mlp (aa11bb)     1  0.9790           0.9790           0.9800           0.9800              101,770           28.4
        mnist-mlp (dd33ee)  1/2!  0.9740           0.9740           0.9750           0.9750               50,890           28.4
        no-validation          1                –                –  1.0000           1.0000                7,850           28.4
        猫🙂                0/1!                –                –                –                –       1,000              –
        no room for: test_precision_macro, test_recall_macro, epochs

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted: runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (dd33ee): seed 1 diverged in epoch 2, step 17 (the loss is not a number), not counted:
          runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func unlimited() {
    #expect(
      table(nil) == """
        experiment          runs     val_accuracy     val_f1_macro    test_accuracy  test_precision_macro  test_recall_macro    test_f1_macro  parameters  epochs  train_seconds
        mnist-baseline *       3  0.9903 ± 0.0015  0.9903 ± 0.0015  0.9913 ± 0.0015       0.9915 ± 0.0015    0.9913 ± 0.0015  0.9913 ± 0.0015     225,034    11.0           29.4
        mnist-mlp (aa11bb)     1  0.9790           0.9790           0.9800                0.9808             0.9800           0.9800              101,770    10.0           28.4
        mnist-mlp (dd33ee)  1/2!  0.9740           0.9740           0.9750                0.9762             0.9750           0.9750               50,890    10.0           28.4
        no-validation          1                –                –  1.0000                1.0000             1.0000           1.0000                7,850    10.0           28.4
        猫🙂                0/1!                –                –                –                     –                  –                –       1,000       –              –

        ±: standard deviation over seeds
        *: best by val_f1_macro
        mnist-baseline: seed 0 has a later run, not counted: runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-mlp (dd33ee): seed 1 diverged in epoch 2, step 17 (the loss is not a number), not counted: runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func theSortColumnIsNeverLeftOut() {
    let table = Comparison(.example, sortedBy: .testRecallMacro).text(.table, width: 80)
    #expect(
      table.split(separator: "\n").prefix(3) == [
        "experiment          runs     val_f1_macro  test_recall_macro    test_f1_macro",
        "no-validation          1                –    1.0000           1.0000",
        "mnist-baseline *       3  0.9903 ± 0.0015    0.9913 ± 0.0015  0.9913 ± 0.0015",
      ])
  }
}
