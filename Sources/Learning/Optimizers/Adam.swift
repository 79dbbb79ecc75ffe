import Glibc
import Specs
import Tensors

/// Adam, as Keras's `Adam`. Source: Kingma and Ba 2014, with ε outside the corrected root.
///
///     mean     += (gradient - mean) · (1 - beta_1)
///     variance += (gradient² - variance) · (1 - beta_2)
///     parameter -= rate · √(1 - beta_2ᵗ) ÷ (1 - beta_1ᵗ) · mean ÷ (√variance + epsilon)
public struct Adam: OptimizerSpec {
  public static let type = "adam"
  public static let summary = "Steps scaled by running means of the gradient and of its square."

  @Field("Size of a step.", .greaterThan(0)) public var learningRate = 0.001
  @Field("Decay of the mean of the gradient, per step.", key: "beta_1", .range(0..<1))
  public var beta1 = 0.9
  @Field("Decay of the mean of its square, per step.", key: "beta_2", .range(0..<1))
  public var beta2 = 0.999
  @Field("Added to the root, against division by zero.", .greaterThan(0))
  public var epsilon = 1e-7

  public init() {}

  public var updateRule: any UpdateRule {
    AdamRule(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
  }
}

private struct AdamRule: UpdateRule {
  let beta1: Float
  let beta2: Float
  let epsilon: Float
  let slotCount = 2

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (means, variances) = (slice.slots[0], slice.slots[1])
    let beta1 = step.rates.momentum ?? beta1
    let number = Float(step.number)
    let meanShare = 1 - beta1
    let varianceShare = 1 - beta2
    let rate =
      step.rates.learningRate * (1 - powf(beta2, number)).squareRoot() / (1 - powf(beta1, number))
    for index in 0..<slice.count {
      let gradient = slice.gradients[index]
      let mean = means[index] + (gradient - means[index]) * meanShare
      let variance = variances[index] + (gradient * gradient - variances[index]) * varianceShare
      means[index] = mean
      variances[index] = variance
      slice.values[index] -= rate * mean / (variance.squareRoot() + epsilon)
    }
  }
}
