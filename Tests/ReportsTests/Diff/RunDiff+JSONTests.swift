import Records
import Reports
import Testing

@Suite struct RunDiffJSONTests {
  @Test func everyDigitIsThere() throws {
    let json = RunDiff(
      .example(losses: [0.1 + 0.2], wrong: [1, 2]),
      .example(test: .example(mistakes: 9), losses: [0.3], wrong: [2, 3, 4])
    ).json
    #expect(json[path: "scores.1.score"] == .string("test_accuracy"))
    #expect(json[path: "scores.1.a"] == .number(0.992))
    #expect(json[path: "scores.1.b"] == .number(0.991))
    #expect(json[path: "scores.1.difference"] == .number(0.991 - 0.992))
    #expect(json[path: "classes.0.class"] == .string("1"))
    #expect(json[path: "classes.0.recall.b"] == .number(0.982))
    #expect(json[path: "history.epochs_a"] == .integer(1))
    #expect(json[path: "history.first_difference.epoch"] == .integer(1))
    #expect(json[path: "history.first_difference.column"] == .string("loss"))
    #expect(json[path: "history.first_difference.a"] == .number(0.30000000000000004))
    #expect(json[path: "history.first_difference.b"] == .number(0.3))
    #expect(json[path: "predictions.both_right"] == .integer(96))
    #expect(json[path: "predictions.only_a_right"] == .integer(2))
    #expect(json[path: "predictions.only_b_right"] == .integer(1))
    #expect(json[path: "predictions.both_wrong"] == .integer(1))
    #expect(json[path: "predictions.p_value"] == .number(1.0))
  }

  @Test func labelsAndProgramsThatDifferAreThere() {
    let json = RunDiff(
      .example(toolchain: "Swift 6.2", tag: "before"),
      .example(
        gitCommit: "c0ffee", gitChanges: GitChanges(Array("+\n".utf8), isCut: false),
        toolchain: "Swift 6.3", tag: "after", note: "one\ntwo")
    ).json
    #expect(json[path: "labels.0.key"] == .string("tag"))
    #expect(json[path: "labels.0.a"] == .string("before"))
    #expect(json[path: "labels.0.b"] == .string("after"))
    #expect(json[path: "labels.1.a"] == .null)
    #expect(json[path: "labels.1.b"] == .string("one\ntwo"))
    #expect(json[path: "environment.0.key"] == .string("toolchain"))
    #expect(json[path: "environment.1.key"] == .string("git_commit"))
    #expect(json[path: "environment.2.key"] == .string("git_dirty"))
    #expect(json[path: "environment.2.b"] == .string("true"))
  }

  @Test func whatCannotBeReadIsNull() {
    let json = RunDiff(
      .example(),
      .example(status: .running, values: nil, losses: nil, wrong: nil, problems: ["lost"])
    ).json
    for key in ["spec", "classes", "history", "predictions"] { #expect(json[path: key] == .null) }
    #expect(json[path: "scores.0.a"] == .number(0.016))
    #expect(json[path: "scores.0.b"] == .null)
    #expect(json[path: "scores.0.difference"] == .null)
    #expect(json[path: "b.status"] == .string("running"))
    #expect(json[path: "problems"] == .list([.string("lost")]))
  }

  @Test func `losses of different functions have no difference`() {
    let diff = RunDiff(
      .example(values: .of(["loss": ["type": "categorical_crossentropy"]])),
      .example(test: .example(mistakes: 9), values: .of(["loss": ["type": "mean_squared_error"]])))
    #expect(diff.json[path: "scores.0.score"] == .string("test_loss"))
    #expect(diff.json[path: "scores.0.b"] == .number(0.018))
    #expect(diff.json[path: "scores.0.difference"] == .null)
    #expect(diff.json[path: "scores.1.difference"] == .number(0.991 - 0.992))
    #expect(diff.text().contains("\ntest_loss             0.016000  0.018000          –\n"))
    #expect(
      diff.text().contains(
        "\nThe losses cannot be compared: they are values of different functions (loss is "
          + "mean_squared_error, not categorical_crossentropy).\n"))
  }

  @Test func onlyRunsThatAreTheSameAreIdentical() throws {
    func isIdentical(_ second: RunDiff.Side) -> Bool {
      RunDiff(.example(), second).json[path: "identical"] == .bool(true)
    }
    #expect(isIdentical(.example("another-name", seed: 1, values: .of([:]))))
    #expect(!isIdentical(.example(losses: [0.5, 0.25])))
    #expect(!isIdentical(.example(losses: [0.5, 0.25, 0.126])))
    #expect(!isIdentical(.example(test: .example(mistakes: 9))))
    #expect(!isIdentical(.example(wrong: [4])))
    #expect(!isIdentical(.example(wrong: nil)))
    #expect(!isIdentical(.example(status: .running)))
  }

  @Test func lossesThatAreNoNumbersAreTheSame() {
    let side = RunDiff.Side.example(losses: [0.5, .nan])
    #expect(RunDiff(side, side).json[path: "history.first_difference"] == .null)
  }
}
