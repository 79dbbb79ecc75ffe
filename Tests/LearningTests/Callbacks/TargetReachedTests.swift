import Learning
import Specs
import Testing

@Suite struct TargetReachedTests {
  @Test(
    arguments: [
      ("val_accuracy", "", [0.25, 0.75, 0.5, 1], "val_accuracy reached 0.5 with 0.75"),
      ("val_loss", "", [2, 1, 0.5, 0.25], "val_loss reached 0.5 with 0.5"),
      ("learning_rate", "", [0.9, 0.4], "learning_rate reached 0.5 with 0.4"),
      ("seconds", ", mode: max", [0.25, 8], "seconds reached 0.5 with 8.0"),
      ("accuracy", ", mode: min", [0.75, 0.25], "accuracy reached 0.5 with 0.25"),
    ])
  func `it stops once a column is good enough`(
    column: String, mode: String, values: [Double], reason: String
  ) throws {
    let yaml = "{type: target_reached, monitor: \(column), value: 0.5\(mode)}"
    #expect(Answers(try declared(yaml), column, values).stopReasons == [reason])
  }

  @Test func `what is no number reaches nothing`() throws {
    let yaml = "{type: target_reached, monitor: val_loss, value: 0.5}"
    #expect(Answers(try declared(yaml), "val_loss", [nil, 1, nil]).stopReasons.isEmpty)
  }
}
