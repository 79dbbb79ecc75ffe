import Specs
import Tensors

/// Steps as long as recent steps were, over the size of recent gradients.
///
///     square = rho · square + (1 - rho) · gradient²
///     step   = √(length + epsilon) ÷ √(square + epsilon) · gradient
///     length = rho · length + (1 - rho) · step²
///     parameter -= rate · step
///
/// The paper and PyTorch have a rate of 1, Keras one of 0.001.
package struct Adadelta: OptimizerSpec {
  package static let type = "adadelta"
  package static let summary = "Steps as long as recent steps, over the size of recent gradients."
  package static let source: String? = "Zeiler 2012; Keras's Adadelta"

  @Field("Size of a step, or a schedule of it.", example: "1", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  @Field("Decay of both means, per step.", .range(0..<1)) package var rho = 0.95
  @Field("Added under both roots: the first steps are as long as it lets them.", .atLeast(1e-12))
  package var epsilon = 1e-7
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var hasMomentum: Bool { false }

  package var updateRule: any UpdateRule {
    settings.applied(to: AdadeltaRule(rho: rho, epsilon: Float(epsilon)))
  }
}

private struct AdadeltaRule: UpdateRule {
  let rho: Double
  let epsilon: Float
  let slotCount = 2

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients) = (slice.values, slice.gradients)
    let (squares, lengths) = (slice.slots[0], slice.slots[1])
    let (rho, share) = (Float(rho), Float(1 - rho))
    let rate = Float(step.rates.learningRate)
    for index in 0..<slice.count {
      let gradient = gradients[index]
      squares[index] = rho * squares[index] + share * (gradient * gradient)
      let change =
        (lengths[index] + epsilon).squareRoot() * gradient
        / (squares[index] + epsilon).squareRoot()
      lengths[index] = rho * lengths[index] + share * (change * change)
      values[index] -= rate * change
    }
  }
}
