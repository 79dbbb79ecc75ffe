import Learning
import Specs
import Testing

@Suite struct MonitorTests {
  @Test(
    arguments: [
      ("val_f1_macro", [0.5, 0.75, 0.25, 0.25, 0.25]), ("val_loss", [0.5, 0.25, 0.75, 0.75, 0.75]),
      ("val_precision_macro", [0.5, 0.75, 0.25, 0.25, 0.25]),
      ("loss", [0.5, 0.25, 0.75, 0.75, 0.75]),
    ])
  func `auto knows which way every metric should go`(column: String, values: [Double]) throws {
    let yaml = "{type: early_stopping, monitor: \(column), patience: 2, restore_best_weights: true}"
    let answers = Answers(try declared(yaml), column, values)
    #expect(answers.epochs(of: .keepParameters) == [1, 2])
    #expect(
      answers.stopReasons == ["\(column) has not improved for 2 epochs; the best epoch was 2"])
  }

  /// Keras takes such a value for the best, which nothing can then beat.
  @Test func `a first value that is no number is never the best`() throws {
    let yaml = "{type: early_stopping, patience: 3, restore_best_weights: true}"
    let answers = Answers(try declared(yaml), "val_loss", [nil, 0.5, 0.25, 0.125])
    #expect(answers.epochs(of: .keepParameters) == [2, 3, 4])
    #expect(answers.stopReasons.isEmpty)
  }

  @Test func `infinite values are compared like others`() throws {
    let answers = Answers(
      try declared("{type: model_checkpoint, save_best_only: true}"), "val_loss",
      [.infinity, .infinity, 3, .infinity, 2])
    #expect(answers.epochs(of: .saveParameters(keepingLast: 0)) == [1, 3, 5])
  }
}
