import Metrics
import Records
import Reports
import Testing

@Suite("The text of exp diff, to the letter")
struct RunDiffTextTests {
  /// Two runs that differ in everything but the images.
  private func text(_ width: Int?) -> String {
    RunDiff(
      .example(wrong: Set(0..<12)),
      .example(
        "mnist-mlp\u{1B}[31m", seed: 1, minute: 1, test: .example(mistakes: 6),
        values: .of(["optimizer": ["type": "sgd", "learning_rate": 0.01, "nesterov": "猫"]]),
        losses: [0.5, 0.26], wrong: Set(10..<13))
    ).text(width: width)
  }

  @Test func at60Columns() {
    #expect(
      text(60) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-mlp[31m, seed 1, completed
           runs/mnist-mlp[31m/2026-11-22_20-01-00_seed-1

        Spec: 4 values differ
        value                    A      B
        seed                     0      1
        optimizer                adam   sgd
        optimizer.learning_rate  0.001  0.01
        optimizer.nesterov       –      猫

        Environment: the same

        Data: the same

        score                        A         B      B - A
        test_loss             0.016000  0.012000  -0.004000
        test_accuracy         0.992000  0.994000  +0.002000
        test_precision_macro  0.992126  0.994071  +0.001945
        test_recall_macro     0.992000  0.994000  +0.002000
        test_f1_macro         0.991999  0.994000  +0.002000
        parameters             225,034   225,034       same
        epochs                       3         2         -1
        weights_epoch                3         2         -1
        train_seconds             28.4      29.4       +1.0

        Classes, on the test images, A → B
        class  recall           f1                change
        1      0.9840 → 0.9880  0.9919 → 0.9940  +0.0020
        0      1.0000 → 1.0000  0.9921 → 0.9940  +0.0020
        no room for: precision

        History: epoch 2 is the first that differs: loss is 0.25 in
          A, 0.26 in B

        Predictions for 100 test images
                 B right  B wrong
        A right       87        1
        A wrong       10        2
        B is right on 10 images that A gets wrong, A on 1 that B
          gets wrong: unlikely to be luck (McNemar's exact test: p =
          0.012).

        """)
  }
  @Test func at80Columns() {
    #expect(
      text(80) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-mlp[31m, seed 1, completed
           runs/mnist-mlp[31m/2026-11-22_20-01-00_seed-1

        Spec: 4 values differ
        value                    A      B
        seed                     0      1
        optimizer                adam   sgd
        optimizer.learning_rate  0.001  0.01
        optimizer.nesterov       –      猫

        Environment: the same

        Data: the same

        score                        A         B      B - A
        test_loss             0.016000  0.012000  -0.004000
        test_accuracy         0.992000  0.994000  +0.002000
        test_precision_macro  0.992126  0.994071  +0.001945
        test_recall_macro     0.992000  0.994000  +0.002000
        test_f1_macro         0.991999  0.994000  +0.002000
        parameters             225,034   225,034       same
        epochs                       3         2         -1
        weights_epoch                3         2         -1
        train_seconds             28.4      29.4       +1.0

        Classes, on the test images, A → B
        class  precision        recall           f1                change
        1      1.0000 → 1.0000  0.9840 → 0.9880  0.9919 → 0.9940  +0.0020
        0      0.9843 → 0.9881  1.0000 → 1.0000  0.9921 → 0.9940  +0.0020

        History: epoch 2 is the first that differs: loss is 0.25 in A, 0.26 in B

        Predictions for 100 test images
                 B right  B wrong
        A right       87        1
        A wrong       10        2
        B is right on 10 images that A gets wrong, A on 1 that B gets wrong: unlikely to
          be luck (McNemar's exact test: p = 0.012).

        """)
  }
  @Test func unlimited() {
    #expect(
      text(nil) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-mlp[31m, seed 1, completed
           runs/mnist-mlp[31m/2026-11-22_20-01-00_seed-1

        Spec: 4 values differ
        value                    A      B
        seed                     0      1
        optimizer                adam   sgd
        optimizer.learning_rate  0.001  0.01
        optimizer.nesterov       –      猫

        Environment: the same

        Data: the same

        score                        A         B      B - A
        test_loss             0.016000  0.012000  -0.004000
        test_accuracy         0.992000  0.994000  +0.002000
        test_precision_macro  0.992126  0.994071  +0.001945
        test_recall_macro     0.992000  0.994000  +0.002000
        test_f1_macro         0.991999  0.994000  +0.002000
        parameters             225,034   225,034       same
        epochs                       3         2         -1
        weights_epoch                3         2         -1
        train_seconds             28.4      29.4       +1.0

        Classes, on the test images, A → B
        class  precision        recall           f1                change
        1      1.0000 → 1.0000  0.9840 → 0.9880  0.9919 → 0.9940  +0.0020
        0      0.9843 → 0.9881  1.0000 → 1.0000  0.9921 → 0.9940  +0.0020

        History: epoch 2 is the first that differs: loss is 0.25 in A, 0.26 in B

        Predictions for 100 test images
                 B right  B wrong
        A right       87        1
        A wrong       10        2
        B is right on 10 images that A gets wrong, A on 1 that B gets wrong: unlikely to be luck (McNemar's exact test: p = 0.012).

        """)
  }

  @Test func runsThatAreTheSame() {
    #expect(
      RunDiff(.example(), .example(minute: 1)).text(width: 80) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-01-00_seed-0

        Spec: the same

        Environment: the same

        Data: the same

        score                        A         B  B - A
        test_loss             0.016000  0.016000   same
        test_accuracy         0.992000  0.992000   same
        test_precision_macro  0.992126  0.992126   same
        test_recall_macro     0.992000  0.992000   same
        test_f1_macro         0.991999  0.991999   same
        parameters             225,034   225,034   same
        epochs                       3         3   same
        weights_epoch                3         3   same
        train_seconds             28.4      28.4   same

        Classes: the test scores of each are the same

        History: identical in all 3 epochs

        Predictions for 100 test images
                 B right  B wrong
        A right      100        0
        A wrong        0        0
        Every probability is the same.

        Training and its results are the same to the last bit.

        """)
  }
}
