import Specs
import Tensors

/// Steps of one size in the direction of a running mean.
///
///     parameter -= rate · sign(beta_1 · mean + (1 - beta_1) · gradient)
///     mean = beta_2 · mean + (1 - beta_2) · gradient
///
/// It wants a rate 3 to 10 times smaller than Adam's, and a weight decay as much larger.
package struct Lion: OptimizerSpec {
  package static let type = "lion"
  package static let summary = "Steps of one size, in the direction of a running mean."
  package static let source: String? = "Chen and others 2023; Keras's Lion"
  package static let largestRate = LearningRate.largestOfNormalizedSteps

  @Field("Size of a step, or a schedule of it.", example: "0.0003", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  @Field("Share of the mean in the direction of a step.", key: "beta_1", .range(0..<1))
  package var beta1 = 0.9
  @Field("Decay of the mean of the gradient, per step.", key: "beta_2", .range(0..<1))
  package var beta2 = 0.99
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var updateRule: any UpdateRule {
    settings.applied(to: LionRule(beta1: beta1, beta2: beta2))
  }
}

private struct LionRule: UpdateRule {
  let beta1: Double
  let beta2: Double
  let slotCount = 1

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients, means) = (slice.values, slice.gradients, slice.slots[0])
    let rate = Float(step.rates.learningRate)
    let beta1 = step.rates.momentum ?? beta1
    let (meanWeight, gradientWeight) = (Float(beta1), Float(1 - beta1))
    let (decay, share) = (Float(beta2), Float(1 - beta2))
    for index in 0..<slice.count {
      let direction = meanWeight * means[index] + gradientWeight * gradients[index]
      values[index] -= direction > 0 ? rate : direction < 0 ? -rate : 0
      means[index] = decay * means[index] + share * gradients[index]
    }
  }
}
