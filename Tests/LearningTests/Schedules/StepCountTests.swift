import Documents
import Learning
import Testing

@Suite struct StepCountTests {
  private let length = TrainingLength(epochs: 5, stepsPerEpoch: 7)

  @Test(
    arguments: [
      "10": 10, "10 steps": 10, "1 step": 1, "0": 0, "1 epoch": 7, "2 epochs": 14,
      "0.5 epochs": 4, "1e300 epochs": 1_000_000_000_000_000,
    ])
  func `counts steps or epochs`(yaml: String, steps: Int) throws {
    #expect(try declared(yaml, as: StepCount.self).steps(in: length) == steps)
  }

  @Test(arguments: ["10", "1 epoch", "2 epochs", "2.5 epochs"])
  func `is written as it was read`(yaml: String) throws {
    let count: StepCount = try declared(yaml)
    #expect(count.tree == (Int(yaml).map(PlainValue.integer) ?? .string(yaml)))
  }

  @Test(
    arguments: [
      "soon": "needs a number of steps, or of epochs as in '2 epochs', got 'soon'",
      "2 weeks": "needs a number of steps, or of epochs as in '2 epochs', got '2 weeks'",
      "two epochs": "needs a number, got 'two'",
      "1.5 steps": "needs a whole number, got '1.5'",
      "2.5": "needs a number of steps, or of epochs as in '2 epochs', got '2.5'",
    ])
  func `anything else is refused`(yaml: String, message: String) {
    #expect(findings(yaml, as: StepCount.self).contains("error: \(message)\n"))
  }

  @Test func `training longer than can be counted has a length`() {
    #expect(TrainingLength(epochs: .max, stepsPerEpoch: 2).steps == .max)
    #expect(length.steps == 35)
  }
}
