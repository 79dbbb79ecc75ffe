import Metrics
import Records
import Reports
import Testing

@Suite("What exp diff says of runs of all kinds, to the letter")
struct RunDiffFindingsTests {
  @Test func aRunThatEndedEarly() {
    #expect(
      RunDiff(
        .example(),
        .example(
          minute: 2, status: .diverged,
          failure: .init(message: "the loss is not a number", epoch: 2, step: 17), losses: [0.5],
          wrong: nil)
      ).text(width: 80) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-baseline, seed 0, diverged in epoch 2, step 17 (the loss is not a
          number)
           runs/mnist-baseline/2026-11-22_20-02-00_seed-0

        Spec: the same

        Environment: the same

        Data: the same

        Scores: B (diverged) has none

        History: identical in the 1 epoch that both have; A has 3, B 1

        """)
  }

  @Test func otherImages() {
    #expect(
      RunDiff(.example(), .example(checksum: String(repeating: "ab12cd34", count: 8), wrong: [1]))
        .text(width: 60) == """
          A: mnist-baseline, seed 0, completed
             runs/mnist-baseline/2026-11-22_20-00-00_seed-0
          B: mnist-baseline, seed 0, completed
             runs/mnist-baseline/2026-11-22_20-00-00_seed-0

          Spec: the same

          Environment: the same

          Data: 1 value differs
          value        A             B
          test_pixels  0fa7898d0fa7  ab12cd34ab12

          score                        A         B  B - A
          test_loss             0.016000  0.016000      –
          test_accuracy         0.992000  0.992000      –
          test_precision_macro  0.992126  0.992126      –
          test_recall_macro     0.992000  0.992000      –
          test_f1_macro         0.991999  0.991999      –
          parameters             225,034   225,034   same
          epochs                       3         3   same
          weights_epoch                3         3   same
          train_seconds             28.4      28.4   same
          The data differ: the scores are of different images.

          History: identical in all 3 epochs

          Predictions: not compared, since they are for different test
            images

          """)
  }

  @Test("scores are of different images where theirs are, whatever else differs of the data")
  func whichScoresAreOfDifferentImages() {
    func note(_ hasValidation: Bool, count: Int, checksum: String) -> String? {
      RunDiff(
        .example(hasValidation: hasValidation),
        .example(hasValidation: hasValidation, trainingCount: count, checksum: checksum)
      ).text().split(separator: "\n").first { $0.hasPrefix("The data differ") }.map(String.init)
    }
    let same = String(repeating: "0fa7898d", count: 8)
    #expect(note(true, count: 54_000, checksum: same) == nil)
    #expect(note(false, count: 1_000, checksum: same) == nil)
    #expect(
      note(true, count: 1_000, checksum: same)
        == "The data differ: the val_ scores are of different images.")
    #expect(
      note(true, count: 54_000, checksum: "ab")
        == "The data differ: the test_ scores are of different images.")
    #expect(
      note(true, count: 1_000, checksum: "ab")
        == "The data differ: the scores are of different images.")
  }

  @Test func tagsAndNotesAreShownWhereTheyDiffer() {
    let text = RunDiff(
      .example(tag: "before", note: "the same"), .example(tag: "after", note: "the same")
    ).text(width: 60)
    #expect(
      text.contains(
        """
        seed-0

        Labels: 1 value differs
        value  A       B
        tag    before  after

        Spec: the same

        """))
    #expect(!RunDiff(.example(tag: "a"), .example(tag: "a")).text().contains("Labels"))
  }

  @Test func otherComputersAndLongValues() {
    let command = ["a \"quoted\" name", "another, with commas"].joined(separator: "\n")
    #expect(
      RunDiff(
        .example(
          values: .of(["data": ["dataset": ["path": "/home/someone/a/rather/deep/folder"]]])),
        .example(
          host: "猫🙂", cpu: "Intel Xeon Platinum 8488C",
          gitCommit: String(repeating: "a1", count: 20),
          values: .of(["data": ["dataset": ["path": .string(command)]]]),
          losses: [0.5, 0.25, 0.125, 0.1])
      ).text(width: 60) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0

        Spec: 1 value differs
        data.dataset.path: /home/someone/a/rather/deep/folder → a
          "quoted" name another, with commas

        Environment: 3 values differ
        value       A              B
        host        elsewhere      猫🙂
        cpu         AMD EPYC 9R45  Intel Xeon Platinum 8488C
        git_commit  –              a1a1a1a1a1a1

        Data: the same

        score                        A         B  B - A
        test_loss             0.016000  0.016000   same
        test_accuracy         0.992000  0.992000   same
        test_precision_macro  0.992126  0.992126   same
        test_recall_macro     0.992000  0.992000   same
        test_f1_macro         0.991999  0.991999   same
        parameters             225,034   225,034   same
        epochs                       3         4     +1
        weights_epoch                3         4     +1
        train_seconds             28.4      28.4   same

        Classes: the test scores of each are the same

        History: identical in the 3 epochs that both have; A has 3,
          B 4

        Predictions for 100 test images
                 B right  B wrong
        A right      100        0
        A wrong        0        0
        Every probability is the same.

        """)
  }

  @Test func ofManyClassesThoseThatChangedMost() {
    func scores(_ wrong: Int) -> Scores {
      var matrix = ConfusionMatrix(classCount: 14)
      for label in 0..<14 {
        for sample in 0..<20 {
          matrix.add(label: label, prediction: sample < wrong * (label / 2) ? 0 : label)
        }
      }
      return Scores(confusionMatrix: matrix, loss: 0.5)
    }
    #expect(
      RunDiff(.example(test: scores(0)), .example(test: scores(1))).text(width: 80)
        .split(separator: "\n\n").first { $0.hasPrefix("Classes") } == """
          Classes, on the test images, A → B
          class  precision        recall           f1                change
          0      1.0000 → 0.3226  1.0000 → 1.0000  1.0000 → 0.4878  -0.5122
          12     1.0000 → 1.0000  1.0000 → 0.7000  1.0000 → 0.8235  -0.1765
          13     1.0000 → 1.0000  1.0000 → 0.7000  1.0000 → 0.8235  -0.1765
          10     1.0000 → 1.0000  1.0000 → 0.7500  1.0000 → 0.8571  -0.1429
          11     1.0000 → 1.0000  1.0000 → 0.7500  1.0000 → 0.8571  -0.1429
          8      1.0000 → 1.0000  1.0000 → 0.8000  1.0000 → 0.8889  -0.1111
          9      1.0000 → 1.0000  1.0000 → 0.8000  1.0000 → 0.8889  -0.1111
          6      1.0000 → 1.0000  1.0000 → 0.8500  1.0000 → 0.9189  -0.0811
          7      1.0000 → 1.0000  1.0000 → 0.8500  1.0000 → 0.9189  -0.0811
          4      1.0000 → 1.0000  1.0000 → 0.9000  1.0000 → 0.9474  -0.0526
          3 more classes changed less
          """)
  }

  @Test func filesThatCannotBeRead() {
    #expect(
      RunDiff(
        .example(),
        .example(
          values: nil, losses: nil, wrong: nil,
          problems: [
            "cannot read 'runs/a/values.json': No such file or directory",
            "'runs/a/history.csv' is damaged: line 3 has 4 of 10 values",
            "'runs/a/predictions.csv' is damaged: its last line has no end",
          ])
      ).text(width: 60) == """
        A: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0
        B: mnist-baseline, seed 0, completed
           runs/mnist-baseline/2026-11-22_20-00-00_seed-0

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

        Not compared: cannot read 'runs/a/values.json': No such file
          or directory
        Not compared: 'runs/a/history.csv' is damaged: line 3 has 4
          of 10 values
        Not compared: 'runs/a/predictions.csv' is damaged: its last
          line has no end

        """)
  }
}
