import Learning
import Specs
import Testing

@Suite struct PiecewiseConstantTests {
  @Test func `a boundary in epochs is the end of that epoch`() throws {
    let rate: LearningRate = try declared(
      "{type: piecewise_constant, boundaries: [1 epoch], values: [0.1, 0.01]}")
    let length = TrainingLength(epochs: 2, stepsPerEpoch: 3)
    #expect((0..<6).map { rate($0, in: length).learningRate } == [0.1, 0.1, 0.1, 0.01, 0.01, 0.01])
  }

  @Test func `without boundaries each epoch has a value, and the last one stays`() throws {
    let rate: LearningRate = try declared(
      "{type: piecewise_constant, values: [0.1, 0.01], warmup: 1 epoch}")
    let length = TrainingLength(epochs: 4, stepsPerEpoch: 2)
    #expect(
      (0..<8).map { rate($0, in: length).learningRate }
        == [0, 0.05, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01])
  }

  @Test(
    arguments: [
      (
        "boundaries: [5, 9], values: [1, 2]",
        "a.yaml:1:56: error: 2 boundaries need 3 values, got 2\n"
      ),
      (
        "boundaries: [9, 5], values: [1, 2, 3]",
        "a.yaml:1:44: error: each boundary must be greater than the one before it\n"
      ),
      (
        "boundaries: [2 epochs, 2 epochs], values: [1, 2, 3]",
        "a.yaml:1:51: error: each boundary must be greater than the one before it\n"
      ),
      ("values: []", "a.yaml:1:36: error: must not be empty, got []\n"),
      (
        "boundaries: [5], values: [1, 0]",
        "a.yaml:1:53: error: must be greater than 0, got [1.0,0.0]\n"
      ),
    ])
  func `pieces that don't fit are refused`(fields: String, text: String) {
    let found = findings("{type: piecewise_constant, \(fields)}", as: LearningRate.self)
    #expect(found.hasPrefix(text), "\(found)")
  }
}
