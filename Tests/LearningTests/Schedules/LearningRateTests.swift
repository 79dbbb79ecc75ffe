import Diagnostics
import Learning
import Specs
import Testing

@Suite struct LearningRateTests {
  private let length = TrainingLength(epochs: 5, stepsPerEpoch: 20)

  private func rates(_ yaml: String, _ steps: [Int]) throws -> [Double] {
    let rate: LearningRate = try declared(yaml)
    return steps.map { rate($0, in: length).learningRate }
  }

  @Test func `a number is constant, and stays a number`() throws {
    #expect(try rates("1e-3", [0, 50, 99]) == [0.001, 0.001, 0.001])
    let constant: LearningRate = try declared("{type: constant, learning_rate: 0.5}")
    #expect(constant.tree == .number(0.5))
  }

  @Test(
    arguments: [
      "{type: constant, learning_rate: 0.1, warmup: 10}",
      "{type: piecewise_constant, boundaries: [50], values: [0.1, 0.01], warmup: 10}",
      "{type: exponential_decay, initial_learning_rate: 0.1, decay_steps: 1 epoch, decay_rate: 0.5, warmup: 10}",
      "{type: inverse_time_decay, initial_learning_rate: 0.1, decay_steps: 1, decay_rate: 0.5, warmup: 10}",
      "{type: cosine_decay, initial_learning_rate: 0.1, warmup: 0.5 epochs}",
      "{type: polynomial_decay, initial_learning_rate: 0.1, warmup: 10 steps}",
      "{type: one_cycle, max_learning_rate: 0.1, div_factor: 1, warmup: 0.5 epochs}",
    ])
  func `every schedule can warm up, from 0 to its first rate`(yaml: String) throws {
    let found = try rates(yaml, [0, 1, 5, 9, 10])
    for (found, wanted) in zip(found, [0, 0.01, 0.05, 0.09, 0.1]) {
      #expect(abs(found - wanted) < 1e-12)
    }
  }

  @Test func `what follows the warmup counts from its end`() throws {
    let warm = try rates(
      "{type: exponential_decay, initial_learning_rate: 0.1, decay_steps: 7, decay_rate: 0.5, warmup: 10}",
      [10, 17, 24])
    let cold = try rates(
      "{type: exponential_decay, initial_learning_rate: 0.1, decay_steps: 7, decay_rate: 0.5}",
      [0, 7, 14])
    #expect(warm == cold)
  }

  @Test func `a schedule is recorded with every value in force`() throws {
    let rate: LearningRate = try declared(
      "{type: cosine_decay, initial_learning_rate: 0.1, warmup: 2 epochs}")
    #expect(
      rate.tree.json
        == #"{"type":"cosine_decay","initial_learning_rate":0.1,"alpha":0.0,"restarts":false,"#
        + #""t_mul":2.0,"m_mul":1.0,"warmup":"2 epochs"}"#)
    #expect(try declared(rate.tree.json, as: LearningRate.self) == rate)
  }

  @Test(
    arguments: [
      (
        "cosine",
        """
        a.yaml:1:1: error: needs a number or a schedule, got 'cosine'
            1 | cosine
              | ^
        hint: did you mean '{type: cosine_decay, …}'?
        """
      ),
      (
        "[0.1, 0.01]",
        """
        a.yaml:1:1: error: needs a number or a schedule, got a list
            1 | [0.1, 0.01]
              | ^
        hint: '{type: piecewise_constant, values: […]}' has a rate for each epoch
        """
      ),
      (
        "\"0.1\"",
        """
        a.yaml:1:1: error: needs a number or a schedule, got the text '0.1'
            1 | "0.1"
              | ^
        hint: remove the quotes
        """
      ),
      (
        "{type: CosineDecay, initial_learning_rate: 0.1, warmup_steps: 5}",
        """
        a.yaml:1:8: error: there is no schedule 'CosineDecay'
            1 | {type: CosineDecay, initial_learning_rate: 0.1, warmup_steps: 5}
              |        ^
        hint: did you mean 'cosine_decay'? there are constant, piecewise_constant, exponential_decay, inverse_time_decay, cosine_decay, polynomial_decay, one_cycle
        a.yaml:1:49: error: 'cosine_decay' has no 'warmup_steps'
            1 | {type: CosineDecay, initial_learning_rate: 0.1, warmup_steps: 5}
              |                                                 ^
        hint: did you mean 'warmup'? 'cosine_decay' has initial_learning_rate, decay_steps, alpha, restarts, t_mul, m_mul, warmup
        """
      ),
    ])
  func `what is no learning rate is refused`(yaml: String, text: String) {
    #expect(findings(yaml, as: LearningRate.self) == text)
  }

  @Test(arguments: ["99", "4.95 epochs", "100", "6 epochs"])
  func `a warmup must end before training does`(warmup: String) throws {
    let yaml = "{type: constant, learning_rate: 0.1, warmup: \(warmup)}"
    let rate: LearningRate = try declared(yaml)
    var diagnostics = Diagnostics()
    rate.validate(in: length, &diagnostics)
    let isTooLong = rate(99, in: length).learningRate < 0.1
    #expect(diagnostics.hasErrors == isTooLong)
  }

  @Test func `the momentum goes with the optimizer's`() {
    let cycle = "learning_rate: {type: one_cycle, max_learning_rate: 0.1}"
    func found(_ optimizer: String) -> String {
      findings(optimizer, as: OneOf<OptimizerCatalog>.self)
    }
    #expect(found("{type: sgd, momentum: 0.9, \(cycle)}") == "")
    #expect(found("{type: adam, \(cycle)}") == "")
    #expect(
      found("{type: sgd, \(cycle)}") == """
        a.yaml:1:28: error: 'one_cycle' changes the momentum too, but this 'sgd' has none to change
            1 | {type: sgd, learning_rate: {type: one_cycle, max_learning_rate: 0.1}}
              |                            ^
        hint: add 'cycle_momentum: false' to the schedule
        """)
  }
}
