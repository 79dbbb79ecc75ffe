internal import CKernels
import Glibc
import Specs
import Tensors

/// Adam, with ε outside the corrected root.
///
///     mean     += (gradient - mean) · (1 - beta_1)
///     variance += (gradient² - variance) · (1 - beta_2)
///     parameter -= rate · √(1 - beta_2ᵗ) ÷ (1 - beta_1ᵗ) · mean ÷ (√variance + epsilon)
///
/// With `amsgrad` the largest variance so far stands for it in the last line (Reddi, Kale and Kumar 2018).
package struct Adam: OptimizerSpec {
  package static let type = "adam"
  package static let summary = "Steps scaled by running means of the gradient and of its square."
  package static let source: String? = "Kingma and Ba 2014; Keras's Adam"
  package static let largestRate = LearningRate.largestOfNormalizedSteps

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  package var moments = AdamMoments()
  @Field("Whether steps are scaled by the largest mean of the square so far.")
  package var amsgrad = false
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var updateRule: any UpdateRule {
    settings.applied(to: AdamRule(moments, amsgrad: amsgrad))
  }
}

/// The rule of `Adam` and `AdamW`, and of what `Muon` leaves.
struct AdamRule: UpdateRule {
  let beta1: Double
  let beta2: Double
  let epsilon: Float
  let amsgrad: Bool

  init(beta1: Double, beta2: Double, epsilon: Double, amsgrad: Bool = false) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = Float(epsilon)
    self.amsgrad = amsgrad
  }

  init(_ moments: AdamMoments, amsgrad: Bool) {
    self.init(
      beta1: moments.beta1, beta2: moments.beta2, epsilon: moments.epsilon, amsgrad: amsgrad)
  }

  var slotCount: Int { amsgrad ? 3 : 2 }

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let beta1 = step.rates.momentum ?? beta1
    let number = Double(step.number)
    let rate =
      step.rates.learningRate * (1 - pow(beta2, number)).squareRoot() / (1 - pow(beta1, number))
    exp_adam_update(
      exp_adam(
        mean_share: Float(1 - beta1), variance_share: Float(1 - beta2), rate: Float(rate),
        epsilon: epsilon),
      slice.values, slice.gradients, slice.slots[0], slice.slots[1],
      amsgrad ? slice.slots[2] : nil, Int64(slice.count))
  }
}
