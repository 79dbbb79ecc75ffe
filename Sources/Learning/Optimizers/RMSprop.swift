import Specs
import Tensors

/// Steps scaled by the size of recent gradients.
///
///     square = rho · square + (1 - rho) · gradient²
///     step = rate · gradient ÷ √(square + epsilon)
///     velocity = momentum · velocity + step
///     parameter -= velocity
///
/// With `centered` the square of a running mean of the gradient is taken off `square` under the root.
package struct RMSprop: OptimizerSpec {
  package static let type = "rmsprop"
  package static let summary = "Steps scaled by a running mean of the gradient's square."
  package static let source: String? = "Hinton 2012; Keras's RMSprop"
  package static let largestRate = LearningRate.largestOfNormalizedSteps

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  @Field("Decay of the mean of the gradient's square, per step.", .range(0..<1)) package var rho =
    0.9
  @Field("Share of the last step that is taken again.", .range(0..<1)) package var momentum = 0.0
  @Field("Added under the root, against division by zero.", .atLeast(1e-12))
  package var epsilon = 1e-7
  @Field("Whether steps are scaled by the gradient's variance, not by its mean square.")
  package var centered = false
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var hasMomentum: Bool { momentum > 0 }

  package var updateRule: any UpdateRule {
    settings.applied(
      to: RMSpropRule(
        rho: rho, momentum: momentum, epsilon: Float(epsilon), isCentered: centered))
  }
}

private struct RMSpropRule: UpdateRule {
  let rho: Double
  let momentum: Double
  let epsilon: Float
  let isCentered: Bool

  /// Squares, then means if it is centered, then velocities if it has momentum.
  var slotCount: Int { 1 + (isCentered ? 1 : 0) + (momentum > 0 ? 1 : 0) }

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients, squares) = (slice.values, slice.gradients, slice.slots[0])
    let rate = Float(step.rates.learningRate)
    let (rho, share) = (Float(rho), Float(1 - rho))
    for index in 0..<slice.count {
      squares[index] = rho * squares[index] + share * (gradients[index] * gradients[index])
    }
    // The step is computed in the place of the gradient, which is not needed afterwards.
    if isCentered {
      let means = slice.slots[1]
      for index in 0..<slice.count {
        means[index] = rho * means[index] + share * gradients[index]
        let variance = squares[index] - means[index] * means[index] + epsilon
        gradients[index] = rate * gradients[index] / variance.squareRoot()
      }
    } else {
      for index in 0..<slice.count {
        gradients[index] = rate * gradients[index] / (squares[index] + epsilon).squareRoot()
      }
    }
    if momentum > 0 {
      let velocities = slice.slots[slotCount - 1]
      let momentum = Float(step.rates.momentum ?? momentum)
      for index in 0..<slice.count {
        velocities[index] = momentum * velocities[index] + gradients[index]
        values[index] -= velocities[index]
      }
    } else {
      for index in 0..<slice.count { values[index] -= gradients[index] }
    }
  }
}
