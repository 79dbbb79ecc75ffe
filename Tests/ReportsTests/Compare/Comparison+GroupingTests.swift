import Metrics
import Reports
import Testing

@Suite("Tables with differences from a baseline, and of groups, runs and classes")
struct ComparisonGroupingTests {
  private func table(_ width: Int?) throws -> String {
    try Comparison.sweep { $0.baseline = "sweep (optimizer: adam, batch_size: 32)" }
      .text(.table, width: width)
  }

  private func groups(_ width: Int?) throws -> String {
    try Comparison.sweep {
      ($0.grouping, $0.baseline) = (.values(key: "optimizer"), "adam")
    }.text(.table, width: width)
  }

  private func runs(_ width: Int?) throws -> String {
    try Comparison.sweep { ($0.grouping, $0.top) = (.runs, 3) }.text(.table, width: width)
  }

  private func classes(_ width: Int?) throws -> String {
    try Comparison.sweep { ($0.grouping, $0.top) = (.classes([]), 1) }
      .text(.table, width: width)
  }

  @Test func differencesAt60Columns() throws {
    #expect(
      try table(60) == """
        experiment  runs  optimizer  batch_size     val_f1_macro
        sweep *      5/5  adam               32  0.9876 ± 0.0015
        sweep        5/5  adam               64  0.9866 ± 0.0015
        sweep        5/5  sgd                32  0.9844 ± 0.0018
        sweep        5/5  sgd                64  0.9834 ± 0.0018
        no room for: val_accuracy, test_accuracy,
          test_precision_macro, test_recall_macro, test_f1_macro,
          interval, Δ\u{A0}val_accuracy, Δ\u{A0}val_f1_macro, Δ\u{A0}test_accuracy,
          Δ\u{A0}test_precision_macro, Δ\u{A0}test_recall_macro,
          Δ\u{A0}test_f1_macro, p, parameters, epochs, train_seconds

        Compared with sweep (optimizer: adam, batch_size: 32) by
          val_f1_macro:
        sweep (optimizer: adam, batch_size: 64) is worse than sweep
          (optimizer: adam, batch_size: 32) by 0.0010 (95 % interval
          0.0010 to 0.0010, paired over 5 seeds; p < 0.001 after
          Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 32) is worse than sweep
          (optimizer: adam, batch_size: 32) by 0.0032 (95 % interval
          0.0018 to 0.0046, paired over 5 seeds; p = 0.003 after
          Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 64) is worse than sweep
          (optimizer: adam, batch_size: 32) by 0.0042 (95 % interval
          0.0028 to 0.0056, paired over 5 seeds; p = 0.002 after
          Holm's correction over 3 comparisons): more than luck.

        ±: standard deviation over seeds
        *: best by val_f1_macro

        """)
  }

  @Test func differencesAt80Columns() throws {
    #expect(
      try table(80) == """
        experiment  runs  optimizer  batch_size     val_f1_macro  Δ\u{A0}val_f1_macro       p
        sweep *      5/5  adam               32  0.9876 ± 0.0015               –       –
        sweep        5/5  adam               64  0.9866 ± 0.0015         -0.0010  <0.001
        sweep        5/5  sgd                32  0.9844 ± 0.0018         -0.0032   0.003
        sweep        5/5  sgd                64  0.9834 ± 0.0018         -0.0042   0.002
        no room for: val_accuracy, test_accuracy, test_precision_macro,
          test_recall_macro, test_f1_macro, interval, Δ\u{A0}val_accuracy, Δ\u{A0}test_accuracy,
          Δ\u{A0}test_precision_macro, Δ\u{A0}test_recall_macro, Δ\u{A0}test_f1_macro, parameters,
          epochs, train_seconds

        Compared with sweep (optimizer: adam, batch_size: 32) by val_f1_macro:
        sweep (optimizer: adam, batch_size: 64) is worse than sweep (optimizer: adam,
          batch_size: 32) by 0.0010 (95 % interval 0.0010 to 0.0010, paired over 5
          seeds; p < 0.001 after Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 32) is worse than sweep (optimizer: adam,
          batch_size: 32) by 0.0032 (95 % interval 0.0018 to 0.0046, paired over 5
          seeds; p = 0.003 after Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 64) is worse than sweep (optimizer: adam,
          batch_size: 32) by 0.0042 (95 % interval 0.0028 to 0.0056, paired over 5
          seeds; p = 0.002 after Holm's correction over 3 comparisons): more than luck.

        ±: standard deviation over seeds
        *: best by val_f1_macro
        Δ: difference from sweep (optimizer: adam, batch_size: 32)
        p: how probable at least such a difference in val_f1_macro is by luck alone,
          with Holm's correction over rows

        """)
  }

  @Test func differencesAt120Columns() throws {
    #expect(
      try table(120) == """
        experiment  runs  optimizer  batch_size     val_f1_macro    test_f1_macro  Δ\u{A0}val_f1_macro  Δ\u{A0}test_f1_macro       p
        sweep *      5/5  adam               32  0.9876 ± 0.0015  0.9886 ± 0.0015               –                –       –
        sweep        5/5  adam               64  0.9866 ± 0.0015  0.9876 ± 0.0015         -0.0010          -0.0010  <0.001
        sweep        5/5  sgd                32  0.9844 ± 0.0018  0.9854 ± 0.0018         -0.0032          -0.0032   0.003
        sweep        5/5  sgd                64  0.9834 ± 0.0018  0.9844 ± 0.0018         -0.0042          -0.0042   0.002
        no room for: val_accuracy, test_accuracy, test_precision_macro, test_recall_macro, interval, Δ\u{A0}val_accuracy,
          Δ\u{A0}test_accuracy, Δ\u{A0}test_precision_macro, Δ\u{A0}test_recall_macro, parameters, epochs, train_seconds

        Compared with sweep (optimizer: adam, batch_size: 32) by val_f1_macro:
        sweep (optimizer: adam, batch_size: 64) is worse than sweep (optimizer: adam, batch_size: 32) by 0.0010 (95 % interval
          0.0010 to 0.0010, paired over 5 seeds; p < 0.001 after Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 32) is worse than sweep (optimizer: adam, batch_size: 32) by 0.0032 (95 % interval
          0.0018 to 0.0046, paired over 5 seeds; p = 0.003 after Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 64) is worse than sweep (optimizer: adam, batch_size: 32) by 0.0042 (95 % interval
          0.0028 to 0.0056, paired over 5 seeds; p = 0.002 after Holm's correction over 3 comparisons): more than luck.

        ±: standard deviation over seeds
        *: best by val_f1_macro
        Δ: difference from sweep (optimizer: adam, batch_size: 32)
        p: how probable at least such a difference in val_f1_macro is by luck alone, with Holm's correction over rows

        """)
  }

  @Test func differencesUnlimited() throws {
    #expect(
      try table(nil) == """
        experiment  runs  optimizer  batch_size     val_accuracy     val_f1_macro    test_accuracy  test_precision_macro  test_recall_macro    test_f1_macro          interval  Δ\u{A0}val_accuracy  Δ\u{A0}val_f1_macro  Δ\u{A0}test_accuracy  Δ\u{A0}test_precision_macro  Δ\u{A0}test_recall_macro  Δ\u{A0}test_f1_macro       p  parameters  epochs  train_seconds
        sweep *      5/5  adam               32  0.9876 ± 0.0015  0.9876 ± 0.0015  0.9886 ± 0.0015       0.9889 ± 0.0015    0.9886 ± 0.0015  0.9886 ± 0.0015  0.9856 to 0.9893               –               –                –                       –                    –                –       –     225,034    12.0           30.4
        sweep        5/5  adam               64  0.9866 ± 0.0015  0.9866 ± 0.0015  0.9876 ± 0.0015       0.9879 ± 0.0014    0.9876 ± 0.0015  0.9876 ± 0.0015  0.9846 to 0.9884         -0.0010         -0.0010          -0.0010                 -0.0010              -0.0010          -0.0010  <0.001     225,034    12.0           30.4
        sweep        5/5  sgd                32  0.9844 ± 0.0018  0.9844 ± 0.0018  0.9854 ± 0.0018       0.9858 ± 0.0017    0.9854 ± 0.0018  0.9854 ± 0.0018  0.9820 to 0.9865         -0.0032         -0.0032          -0.0032                 -0.0030              -0.0032          -0.0032   0.003     225,034    12.0           30.4
        sweep        5/5  sgd                64  0.9834 ± 0.0018  0.9834 ± 0.0018  0.9844 ± 0.0018       0.9849 ± 0.0017    0.9844 ± 0.0018  0.9844 ± 0.0018  0.9810 to 0.9855         -0.0042         -0.0042          -0.0042                 -0.0040              -0.0042          -0.0042   0.002     225,034    12.0           30.4

        Compared with sweep (optimizer: adam, batch_size: 32) by val_f1_macro:
        sweep (optimizer: adam, batch_size: 64) is worse than sweep (optimizer: adam, batch_size: 32) by 0.0010 (95 % interval 0.0010 to 0.0010, paired over 5 seeds; p < 0.001 after Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 32) is worse than sweep (optimizer: adam, batch_size: 32) by 0.0032 (95 % interval 0.0018 to 0.0046, paired over 5 seeds; p = 0.003 after Holm's correction over 3 comparisons): more than luck.
        sweep (optimizer: sgd, batch_size: 64) is worse than sweep (optimizer: adam, batch_size: 32) by 0.0042 (95 % interval 0.0028 to 0.0056, paired over 5 seeds; p = 0.002 after Holm's correction over 3 comparisons): more than luck.

        ±: standard deviation over seeds
        interval: 95 % interval of the mean val_f1_macro over seeds, not over images; by Student's t on the logit scale
        *: best by val_f1_macro
        Δ: difference from sweep (optimizer: adam, batch_size: 32)
        p: how probable at least such a difference in val_f1_macro is by luck alone, with Holm's correction over rows

        """)
  }

  @Test func groupsAt80Columns() throws {
    #expect(
      try groups(80) == """
        optimizer  specs   runs     val_f1_macro  Δ\u{A0}val_f1_macro       p
        adam *         2  10/10  0.9871 ± 0.0015               –       –
        sgd            2  10/10  0.9839 ± 0.0018         -0.0032  <0.001
        no room for: val_accuracy, test_accuracy, test_precision_macro,
          test_recall_macro, test_f1_macro, interval, Δ\u{A0}val_accuracy, Δ\u{A0}test_accuracy,
          Δ\u{A0}test_precision_macro, Δ\u{A0}test_recall_macro, Δ\u{A0}test_f1_macro, parameters,
          epochs, train_seconds

        Compared with adam by val_f1_macro:
        sgd is worse than adam by 0.0032 (95 % interval 0.0025 to 0.0039, paired over 10
          runs; p < 0.001): more than luck.

        ±: standard deviation over runs
        *: best by val_f1_macro
        Δ: difference from adam
        p: how probable at least such a difference in val_f1_macro is by luck alone,
          with Holm's correction over rows

        """)
  }

  @Test func groupsUnlimited() throws {
    #expect(
      try groups(nil) == """
        optimizer  specs   runs     val_accuracy     val_f1_macro    test_accuracy  test_precision_macro  test_recall_macro    test_f1_macro          interval  Δ\u{A0}val_accuracy  Δ\u{A0}val_f1_macro  Δ\u{A0}test_accuracy  Δ\u{A0}test_precision_macro  Δ\u{A0}test_recall_macro  Δ\u{A0}test_f1_macro       p  parameters  epochs  train_seconds
        adam *         2  10/10  0.9871 ± 0.0015  0.9871 ± 0.0015  0.9881 ± 0.0015       0.9884 ± 0.0015    0.9881 ± 0.0015  0.9881 ± 0.0015  0.9860 to 0.9881               –               –                –                       –                    –                –       –     225,034    12.0           30.4
        sgd            2  10/10  0.9839 ± 0.0018  0.9839 ± 0.0018  0.9849 ± 0.0018       0.9853 ± 0.0017    0.9849 ± 0.0018  0.9849 ± 0.0018  0.9826 to 0.9851         -0.0032         -0.0032          -0.0032                 -0.0030              -0.0032          -0.0032  <0.001     225,034    12.0           30.4

        Compared with adam by val_f1_macro:
        sgd is worse than adam by 0.0032 (95 % interval 0.0025 to 0.0039, paired over 10 runs; p < 0.001): more than luck.

        ±: standard deviation over runs
        interval: 95 % interval of the mean val_f1_macro over runs, not over images; by Student's t on the logit scale
        *: best by val_f1_macro
        Δ: difference from adam
        p: how probable at least such a difference in val_f1_macro is by luck alone, with Holm's correction over rows

        """)
  }

  @Test func runsAt80Columns() throws {
    #expect(
      try runs(80) == """
        experiment  seed  optimizer  batch_size  val_f1_macro  test_f1_macro
        sweep *        0  adam               32        0.9900         0.9910
        sweep          0  adam               64        0.9890         0.9900
        sweep          3  adam               32        0.9880         0.9890
        no room for: val_accuracy, test_accuracy, test_precision_macro,
          test_recall_macro, parameters, epochs, train_seconds, path

        *: best by val_f1_macro
        --top leaves out 17 rows

        """)
  }

  @Test func runsUnlimited() throws {
    #expect(
      try runs(nil) == """
        experiment  seed  optimizer  batch_size  val_accuracy  val_f1_macro  test_accuracy  test_precision_macro  test_recall_macro  test_f1_macro  parameters  epochs  train_seconds  path
        sweep *        0  adam               32        0.9900        0.9900         0.9910                0.9912             0.9910         0.9910     225,034    10.0           28.4  runs/sweep/2026-11-22_20-06-00_seed-0
        sweep          0  adam               64        0.9890        0.9890         0.9900                0.9902             0.9900         0.9900     225,034    10.0           28.4  runs/sweep/2026-11-22_20-11-00_seed-0
        sweep          3  adam               32        0.9880        0.9880         0.9890                0.9892             0.9890         0.9890     225,034    13.0           31.4  runs/sweep/2026-11-22_20-09-00_seed-3

        *: best by val_f1_macro
        --top leaves out 17 rows

        """)
  }

  @Test func classesAt80Columns() throws {
    #expect(
      try classes(80) == """
        experiment  class  runs  optimizer  batch_size   test_precision      test_recall
        sweep *     0       5/5  adam               32  0.9777 ± 0.0029  1.0000 ± 0.0000
        sweep *     1       5/5  adam               32  1.0000 ± 0.0000  0.9772 ± 0.0030
        no room for: test_f1, test_support

        ±: standard deviation over seeds
        *: best by val_f1_macro
        --top leaves out 3 rows

        """)
  }

  @Test func classesUnlimited() throws {
    #expect(
      try classes(nil) == """
        experiment  class  runs  optimizer  batch_size   test_precision      test_recall          test_f1  test_support
        sweep *     0       5/5  adam               32  0.9777 ± 0.0029  1.0000 ± 0.0000  0.9887 ± 0.0015           500
        sweep *     1       5/5  adam               32  1.0000 ± 0.0000  0.9772 ± 0.0030  0.9885 ± 0.0016           500

        ±: standard deviation over seeds
        *: best by val_f1_macro
        --top leaves out 3 rows

        """)
  }
}
