import Diagnostics
import Specs
import Tensors

/// Gradient descent with momentum.
///
///     velocity = momentum · velocity - rate · gradient
///     parameter += velocity                                      (plain)
///     parameter += momentum · velocity - rate · gradient         (Nesterov)
package struct SGD: OptimizerSpec {
  package static let type = "sgd"
  package static let summary = "Gradient descent, with momentum if wanted."
  package static let source: String? = "Keras's SGD"
  package static let otherNames = ["momentum", "gradient_descent"]

  @Field("Size of a step, or a schedule of it.", example: "0.1", .greaterThan(0))
  package var learningRate: LearningRate = 0.01
  @Field("Share of the last step that is taken again.", example: "0.9", .range(0..<1)) package
    var momentum = 0.0
  @Field("Whether the gradient is taken as if the momentum's step were done (Nesterov).")
  package var nesterov = false
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package func validate(_ diagnostics: inout Diagnostics) {
    validateShared(&diagnostics)
    guard nesterov, momentum == 0 else { return }
    diagnostics.error(
      .nesterovWithoutMomentum, "'nesterov: true' does nothing without momentum",
      at: $nesterov.location, hint: "add 'momentum: 0.9', or leave it out")
  }

  package var hasMomentum: Bool { momentum > 0 }

  package var updateRule: any UpdateRule {
    settings.applied(
      to: hasMomentum
        ? MomentumDescent(momentum: momentum, isNesterov: nesterov) : PlainDescent())
  }
}

private struct PlainDescent: UpdateRule {
  let slotCount = 0

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients) = (slice.values, slice.gradients)
    let rate = Float(step.rates.learningRate)
    for index in 0..<slice.count { values[index] -= rate * gradients[index] }
  }
}

private struct MomentumDescent: UpdateRule {
  let momentum: Double
  let isNesterov: Bool
  let slotCount = 1

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients, velocities) = (slice.values, slice.gradients, slice.slots[0])
    let rate = Float(step.rates.learningRate)
    let momentum = Float(step.rates.momentum ?? momentum)
    for index in 0..<slice.count {
      let descent = rate * gradients[index]
      let velocity = momentum * velocities[index] - descent
      velocities[index] = velocity
      values[index] += isNesterov ? momentum * velocity - descent : velocity
    }
  }
}
