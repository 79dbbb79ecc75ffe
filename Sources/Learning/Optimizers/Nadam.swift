import Glibc
import Specs
import Tensors

/// Adam with Nesterov's momentum.
///
///     uᵗ = beta_1 · (1 - 0.96ᵗ ÷ 2), Uᵗ = u¹ · … · uᵗ
///     mean     += (gradient - mean) · (1 - beta_1)
///     variance += (gradient² - variance) · (1 - beta_2)
///     step = uᵗ⁺¹ ÷ (1 - Uᵗ⁺¹) · mean + (1 - uᵗ) ÷ (1 - Uᵗ) · gradient
///     parameter -= rate · step ÷ (√(variance ÷ (1 - beta_2ᵗ)) + epsilon)
package struct Nadam: OptimizerSpec {
  package static let type = "nadam"
  package static let summary = "Adam with Nesterov's momentum."
  package static let source: String? = "Dozat 2015; Keras's Nadam"
  package static let largestRate = LearningRate.largestOfNormalizedSteps

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  package var moments = AdamMoments()
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  /// Uᵗ is a product over all steps so far, which needs one `beta_1` for all of them.
  package var hasMomentum: Bool { false }

  package var updateRule: any UpdateRule { settings.applied(to: NadamRule(moments)) }
}

private struct NadamRule: UpdateRule {
  let beta1: Double
  let beta2: Double
  let epsilon: Float
  /// Products of the first factors 1 - 0.96ᵗ ÷ 2. In Double they are all 1 after these.
  let warmups: [Double]
  let slotCount = 2

  init(_ moments: AdamMoments) {
    beta1 = moments.beta1
    beta2 = moments.beta2
    epsilon = Float(moments.epsilon)
    var products = [1.0]
    while let last = products.last, Self.warmup(products.count) < 1 {
      products.append(last * Self.warmup(products.count))
    }
    warmups = products
  }

  private static func warmup(_ number: Int) -> Double { 1 - pow(0.96, Double(number)) / 2 }

  /// Uᵗ
  private func product(_ number: Int) -> Double {
    pow(beta1, Double(number)) * warmups[min(number, warmups.count - 1)]
  }

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients) = (slice.values, slice.gradients)
    let (means, variances) = (slice.slots[0], slice.slots[1])
    let (now, next) = (step.number, step.number + 1)
    let rate = step.rates.learningRate
    let meanShare = Float(1 - beta1)
    let varianceShare = Float(1 - beta2)
    let meanRate = Float(rate * beta1 * Self.warmup(next) / (1 - product(next)))
    let gradientRate = Float(rate * (1 - beta1 * Self.warmup(now)) / (1 - product(now)))
    let correction = Float(1 / (1 - pow(beta2, Double(now))))
    for index in 0..<slice.count {
      let gradient = gradients[index]
      means[index] += (gradient - means[index]) * meanShare
      variances[index] += (gradient * gradient - variances[index]) * varianceShare
    }
    for index in 0..<slice.count {
      values[index] -=
        (meanRate * means[index] + gradientRate * gradients[index])
        / ((variances[index] * correction).squareRoot() + epsilon)
    }
  }
}
