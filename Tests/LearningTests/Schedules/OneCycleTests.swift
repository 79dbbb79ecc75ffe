import Learning
import Specs
import Testing

@Suite struct OneCycleTests {
  @Test func `its momentum reaches the optimizer`() throws {
    // The first step of a velocity of 0 does not show momentum, so Nesterov's does.
    let spec =
      "{type: sgd, momentum: 0.5, nesterov: true, learning_rate: {type: one_cycle, max_learning_rate: 0.1, div_factor: 1}}"
    let optimizer: OneOf<OptimizerCatalog> = try declared(spec)
    // -(1 + momentum) · rate · gradient, with a momentum of 0.95 at first
    #expect(abs(descent(optimizer.value) + 1.95 * 1e-5) < 1e-9)
  }

  @Test func `after its end it stays where it is`() throws {
    let rate: LearningRate = try declared(
      "{type: one_cycle, max_learning_rate: 0.1, total_steps: 10}")
    let length = TrainingLength(epochs: 2, stepsPerEpoch: 10)
    #expect(rate(9, in: length) == rate(19, in: length))
  }

  @Test(arguments: 1...4)
  func `training of a few steps has rates`(steps: Int) throws {
    let rate: LearningRate = try declared("{type: one_cycle, max_learning_rate: 0.1}")
    for step in 0..<steps {
      let rates = rate(step, in: TrainingLength(epochs: 1, stepsPerEpoch: steps))
      #expect(0 < rates.learningRate && rates.learningRate <= 0.1)
    }
  }
}
