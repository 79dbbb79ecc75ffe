import Glibc
import Specs
import Tensors

/// Adam with the largest recent gradient in place of the root of the mean square.
///
///     mean += (gradient - mean) · (1 - beta_1)
///     norm  = max(beta_2 · norm, |gradient|)
///     parameter -= rate ÷ (1 - beta_1ᵗ) · mean ÷ (norm + epsilon)
package struct Adamax: OptimizerSpec {
  package static let type = "adamax"
  package static let summary = "Adam with the largest recent gradient in place of the mean square."
  package static let source: String? = "Kingma and Ba 2014; Keras's Adamax"
  package static let largestRate = LearningRate.largestOfNormalizedSteps

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  @Field("Decay of the mean of the gradient, per step.", key: "beta_1", .range(0..<1))
  package var beta1 = 0.9
  @Field("Decay of the largest gradient, per step.", key: "beta_2", .range(0..<1))
  package var beta2 = 0.999
  @Field("Added to the divisor, against division by zero.", .atLeast(1e-12))
  package var epsilon = 1e-7
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var updateRule: any UpdateRule {
    settings.applied(to: AdamaxRule(beta1: beta1, beta2: Float(beta2), epsilon: Float(epsilon)))
  }
}

private struct AdamaxRule: UpdateRule {
  let beta1: Double
  let beta2: Float
  let epsilon: Float
  let slotCount = 2

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients) = (slice.values, slice.gradients)
    let (means, norms) = (slice.slots[0], slice.slots[1])
    let beta1 = step.rates.momentum ?? beta1
    let share = Float(1 - beta1)
    let rate = Float(step.rates.learningRate / (1 - pow(beta1, Double(step.number))))
    for index in 0..<slice.count {
      let gradient = gradients[index]
      means[index] += (gradient - means[index]) * share
      norms[index] = max(beta2 * norms[index], abs(gradient))
      values[index] -= rate * means[index] / (norms[index] + epsilon)
    }
  }
}
