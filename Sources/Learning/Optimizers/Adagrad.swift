import Specs
import Tensors

/// Steps scaled by the size of all gradients so far.
///
///     sum += gradient²
///     parameter -= rate · gradient ÷ √(initial_accumulator_value + sum + epsilon)
package struct Adagrad: OptimizerSpec {
  package static let type = "adagrad"
  package static let summary = "Steps scaled by the sum of the gradient's squares."
  package static let source: String? = "Duchi, Hazan and Singer 2011; Keras's Adagrad"

  @Field("Size of a step, or a schedule of it.", example: "0.01", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  @Field("Where the sum of squares starts.", .atLeast(0)) package var initialAccumulatorValue = 0.1
  @Field("Added under the root, against division by zero.", .atLeast(1e-12))
  package var epsilon = 1e-7
  package var settings = UpdateSettings()

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var hasMomentum: Bool { false }

  package var updateRule: any UpdateRule {
    settings.applied(
      to: AdagradRule(start: Float(initialAccumulatorValue), epsilon: Float(epsilon)))
  }
}

private struct AdagradRule: UpdateRule {
  /// Added when the sum is used: state is 0 at the start.
  let start: Float
  let epsilon: Float
  let slotCount = 1

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let (values, gradients, sums) = (slice.values, slice.gradients, slice.slots[0])
    let rate = Float(step.rates.learningRate)
    for index in 0..<slice.count {
      let gradient = gradients[index]
      sums[index] += gradient * gradient
      values[index] -= rate * gradient / (start + sums[index] + epsilon).squareRoot()
    }
  }
}
