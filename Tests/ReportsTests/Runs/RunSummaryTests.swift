import Metrics
import Records
import Reports
import Testing

@Suite("The summary of a run, to the letter")
struct RunSummaryTests {
  private func summary(_ width: Int?) -> String {
    let manifest = Manifest.example(
      description:
        "Two blocks,\none hidden layer, dropout 🙂 and \"quotes\" that go on past the width.")
    let run = RunRecord.example(
      targets: [
        TargetResult(name: ScoreName(.validation, .accuracy), wanted: 0.98, got: 0.991),
        TargetResult(name: ScoreName(.test, .f1Macro), wanted: 0.999, got: 0.992),
      ])
    return run.summary(manifest, width: width).inUTC([run])
  }

  @Test func tagAndNoteAreSaid() {
    let run = RunRecord.example(tag: "before-fix")
    let text = run.summary(
      .example(tag: "before-fix", note: "first line\nsecond line"), width: 60)
    #expect(
      text.contains(
        """
        seed-0
        tag         before-fix
        note        first line second line
        started
        """.split(separator: "\n").joined(separator: "\n")))
  }

  @Test func aSweepsRunSaysItsCombination() {
    let run = RunRecord.example("study", variant: "learning_rate: 0.01, units: 64")
    #expect(
      run.summary(.example()).hasPrefix(
        "study (learning_rate: 0.01, units: 64), seed 0: completed\n"))
  }

  @Test func `it says where else a run went on`() {
    var manifest = Manifest.example()
    manifest.resume(
      Manifest.Resumption(
        command: ["exp"], host: "there", pid: 1, threads: 1,
        processor: Processor(cpu: "Zen", instructionSet: "avx2"), epoch: 2, step: 0))
    #expect(
      RunRecord.example().summary(manifest).contains(
        "\nwent on     after epoch 2 on Zen, avx2: its bits are of no processor alone\n"))
  }

  @Test func at60Columns() {
    #expect(
      summary(60) == """
        mnist-baseline, seed 0: completed
        Two blocks, one hidden layer, dropout 🙂 and "quotes" that
        go on past the width.

        folder      runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        started     2026-11-22 20:06
        command     exp run experiments/mnist-baseline.yaml
                    --threads 2
        spec hash   3f9c0a7712
        data        mnist, 28×28×1, 2 classes: 54,000 training,
                    6,000 validation, 10,000 test images
        parameters  225,034
        machine     elsewhere, AMD EPYC 9R45, 2 threads,
                    AVX512_CORE_BF16, oneDNN 2.6.3
        training    10 of 12 epochs in 28.4 s, 22,817 images/s,
                    weights of epoch 9
        stopped     early_stopping: val_accuracy did not improve for
                    3 epochs

                               val    test
        loss                0.0180  0.0160
        accuracy            0.9910  0.9920
        precision_macro     0.9912  0.9921
        recall_macro        0.9910  0.9920
        f1_macro            0.9910  0.9920
        precision_micro     0.9910  0.9920
        recall_micro        0.9910  0.9920
        f1_micro            0.9910  0.9920
        precision_weighted  0.9912  0.9921
        recall_weighted     0.9910  0.9920
        f1_weighted         0.9910  0.9920
        balanced_accuracy   0.9910  0.9920
        cohen_kappa         0.9820  0.9840
        matthews_corrcoef   0.9822  0.9841

        target         wanted     got
        val_accuracy   0.9800  0.9910  met
        test_f1_macro  0.9990  0.9920  missed

        """)
  }

  @Test func at80Columns() {
    #expect(
      summary(80) == """
        mnist-baseline, seed 0: completed
        Two blocks, one hidden layer, dropout 🙂 and "quotes" that go on past the width.

        folder      runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        started     2026-11-22 20:06
        command     exp run experiments/mnist-baseline.yaml --threads 2
        spec hash   3f9c0a7712
        data        mnist, 28×28×1, 2 classes: 54,000 training, 6,000 validation, 10,000
                    test images
        parameters  225,034
        machine     elsewhere, AMD EPYC 9R45, 2 threads, AVX512_CORE_BF16, oneDNN 2.6.3
        training    10 of 12 epochs in 28.4 s, 22,817 images/s, weights of epoch 9
        stopped     early_stopping: val_accuracy did not improve for 3 epochs

                               val    test
        loss                0.0180  0.0160
        accuracy            0.9910  0.9920
        precision_macro     0.9912  0.9921
        recall_macro        0.9910  0.9920
        f1_macro            0.9910  0.9920
        precision_micro     0.9910  0.9920
        recall_micro        0.9910  0.9920
        f1_micro            0.9910  0.9920
        precision_weighted  0.9912  0.9921
        recall_weighted     0.9910  0.9920
        f1_weighted         0.9910  0.9920
        balanced_accuracy   0.9910  0.9920
        cohen_kappa         0.9820  0.9840
        matthews_corrcoef   0.9822  0.9841

        target         wanted     got
        val_accuracy   0.9800  0.9910  met
        test_f1_macro  0.9990  0.9920  missed

        """)
  }

  @Test func at120Columns() {
    #expect(
      summary(120) == """
        mnist-baseline, seed 0: completed
        Two blocks, one hidden layer, dropout 🙂 and "quotes" that go on past the width.

        folder      runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        started     2026-11-22 20:06
        command     exp run experiments/mnist-baseline.yaml --threads 2
        spec hash   3f9c0a7712
        data        mnist, 28×28×1, 2 classes: 54,000 training, 6,000 validation, 10,000 test images
        parameters  225,034
        machine     elsewhere, AMD EPYC 9R45, 2 threads, AVX512_CORE_BF16, oneDNN 2.6.3
        training    10 of 12 epochs in 28.4 s, 22,817 images/s, weights of epoch 9
        stopped     early_stopping: val_accuracy did not improve for 3 epochs

                               val    test
        loss                0.0180  0.0160
        accuracy            0.9910  0.9920
        precision_macro     0.9912  0.9921
        recall_macro        0.9910  0.9920
        f1_macro            0.9910  0.9920
        precision_micro     0.9910  0.9920
        recall_micro        0.9910  0.9920
        f1_micro            0.9910  0.9920
        precision_weighted  0.9912  0.9921
        recall_weighted     0.9910  0.9920
        f1_weighted         0.9910  0.9920
        balanced_accuracy   0.9910  0.9920
        cohen_kappa         0.9820  0.9840
        matthews_corrcoef   0.9822  0.9841

        target         wanted     got
        val_accuracy   0.9800  0.9910  met
        test_f1_macro  0.9990  0.9920  missed

        """)
  }

  @Test func unlimited() {
    #expect(
      summary(nil) == """
        mnist-baseline, seed 0: completed
        Two blocks, one hidden layer, dropout 🙂 and "quotes" that go on past the width.

        folder      runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        started     2026-11-22 20:06
        command     exp run experiments/mnist-baseline.yaml --threads 2
        spec hash   3f9c0a7712
        data        mnist, 28×28×1, 2 classes: 54,000 training, 6,000 validation, 10,000 test images
        parameters  225,034
        machine     elsewhere, AMD EPYC 9R45, 2 threads, AVX512_CORE_BF16, oneDNN 2.6.3
        training    10 of 12 epochs in 28.4 s, 22,817 images/s, weights of epoch 9
        stopped     early_stopping: val_accuracy did not improve for 3 epochs

                               val    test
        loss                0.0180  0.0160
        accuracy            0.9910  0.9920
        precision_macro     0.9912  0.9921
        recall_macro        0.9910  0.9920
        f1_macro            0.9910  0.9920
        precision_micro     0.9910  0.9920
        recall_micro        0.9910  0.9920
        f1_micro            0.9910  0.9920
        precision_weighted  0.9912  0.9921
        recall_weighted     0.9910  0.9920
        f1_weighted         0.9910  0.9920
        balanced_accuracy   0.9910  0.9920
        cohen_kappa         0.9820  0.9840
        matthews_corrcoef   0.9822  0.9841

        target         wanted     got
        val_accuracy   0.9800  0.9910  met
        test_f1_macro  0.9990  0.9920  missed

        """)
  }

  @Test func aRunWithoutResultsSaysHowItEnded() {
    let run = RunRecord.example(
      status: .diverged, failure: .init(message: "the loss is not a number", epoch: 2, step: 17))
    #expect(
      run.summary(.example()).inUTC([run]) == """
        mnist-baseline, seed 0: diverged in epoch 2, step 17 (the loss is not a number)

        folder      runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        started     2026-11-22 20:06
        command     exp run experiments/mnist-baseline.yaml --threads 2
        spec hash   3f9c0a7712
        data        mnist, 28×28×1, 2 classes: 54,000 training, 6,000 validation, 10,000 test images
        parameters  225,034
        machine     elsewhere, AMD EPYC 9R45, 2 threads, AVX512_CORE_BF16, oneDNN 2.6.3

        """)
  }
}
