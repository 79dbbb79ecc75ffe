import Learning
import Specs
import Testing

@Suite struct CosineDecayTests {
  @Test(
    arguments: [
      "t_mul: 1": "'t_mul' does nothing without restarts",
      "m_mul: 0.5": "'m_mul' does nothing without restarts",
      "restarts: true": "'restarts: true' needs 'decay_steps': the length of the first fall",
      "alpha: 2": "must be between 0 and 1, got 2",
      "decay_steps: 0": "must be greater than 0, got 0",
    ])
  func `what cannot be is refused`(fields: String, message: String) {
    let found = findings(
      "{type: cosine_decay, initial_learning_rate: 0.1, \(fields)}", as: LearningRate.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
