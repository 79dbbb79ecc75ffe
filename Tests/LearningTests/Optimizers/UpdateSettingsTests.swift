import Learning
import Specs
import Tensors
import Testing

@Suite struct UpdateSettingsTests {
  @Test(arguments: OptimizerCatalog.all.map { $0.type })
  func `every optimizer has them`(type: String) throws {
    let optimizer: OneOf<OptimizerCatalog> = try declared(
      """
      {type: \(type), weight_decay: 0.5, exclude_from_weight_decay: [bias, normalization],
       global_clipnorm: 1.5, clipvalue: 0.25}
      """)
    let rule = optimizer.value.updateRule
    #expect(rule.clipping == GradientClipping(globalNorm: 1.5, value: 0.25))
    let start: Float = 8
    let kernel = descent(optimizer.value, role: .slope, start: start, gradient: 0)
    let bias = descent(optimizer.value, role: .bias, start: start, gradient: 0)
    #expect(bias == 0)
    // Off goes start · 0.5 · rate; muon's own decay is for matrices, and Adam's 0.004 for all else.
    let rate = optimizer.value.learningRate(0, in: TrainingLength(epochs: 1, stepsPerEpoch: 1))
    let decay = type == "muon" ? 0.004 : 0.5
    #expect(abs(kernel + 8 * decay * rate.learningRate) < 1e-6)
  }

  @Test func `nothing is clipped or decayed by default`() {
    #expect(SGD().updateRule.clipping == GradientClipping())
    #expect(descent(SGD(), start: 8, gradient: 0) == 0)
  }

  @Test func `decay follows the schedule`() throws {
    let spec =
      "{type: sgd, weight_decay: 0.5, learning_rate: {type: exponential_decay, initial_learning_rate: 0.1, decay_steps: 1, decay_rate: 0.5}}"
    let optimizer: OneOf<OptimizerCatalog> = try declared(spec)
    #expect(abs(descent(optimizer.value, start: 8, gradient: 0) + 0.4) < 1e-6)
    #expect(abs(descent(optimizer.value, first: 1, start: 8, gradient: 0) + 0.2) < 1e-6)
  }

  @Test(
    arguments: [
      "weight_decay: -1": "must be at least 0, got -1",
      "global_clipnorm: 0": "must be greater than 0, got 0",
      "weight_decay: 0.1, exclude_from_weight_decay: [gamma]":
        "needs one of kernel, bias, normalization, slope, statistic, got 'gamma'",
      "exclude_from_weight_decay: [bias]":
        "'exclude_from_weight_decay' does nothing without weight decay",
    ])
  func `what cannot be is refused`(fields: String, message: String) {
    let found = findings("{type: sgd, \(fields)}", as: OneOf<OptimizerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
