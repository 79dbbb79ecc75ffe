import Learning
import Specs
import Testing

@Suite struct SGDTests {
  @Test func `defaults are Keras's`() {
    #expect(SGD().learningRate == 0.01)
    #expect(SGD().momentum == 0)
    #expect(!SGD().nesterov)
  }

  @Test func `Nesterov without momentum is a mistake`() {
    #expect(
      findings("{type: sgd, nesterov: true}", as: OneOf<OptimizerCatalog>.self) == """
        a.yaml:1:23: error: 'nesterov: true' does nothing without momentum
            1 | {type: sgd, nesterov: true}
              |                       ^
        hint: add 'momentum: 0.9', or leave it out
        """)
  }

  @Test(
    arguments: [
      "learning_rate: 0": "must be greater than 0, got 0",
      "momentum: 1": "must be at least 0 and less than 1, got 1",
    ])
  func `a value out of range is refused`(fields: String, message: String) {
    let found = findings("{type: sgd, \(fields)}", as: OneOf<OptimizerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
