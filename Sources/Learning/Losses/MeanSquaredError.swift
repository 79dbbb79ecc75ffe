import Glibc
import Specs
import Tensors

/// The mean over classes of the squared difference of probability and target.
///
///     Σ (p - target)² ÷ classes
package struct MeanSquaredError: LossSpec {
  package static let type = "mean_squared_error"
  package static let summary = "The mean squared difference of probabilities and targets."
  package static let source: String? = "Keras's MeanSquaredError"
  package static let otherNames = ["mse", "MSELoss"]

  package var settings = TargetSettings()

  package init() {}

  package var plainFunction: any LossFunction { SquaredError() }
}

private struct SquaredError: LossFunction {
  func callAsFunction(
    _ logarithms: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Float>,
    slopes: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let share = 1 / Double(logarithms.count)
    var loss = 0.0
    for index in logarithms.indices {
      let probability = exp(logarithms[index])
      let difference = probability - Double(targets[index])
      loss += share * difference * difference
      slopes[index] = 2 * share * difference * probability
    }
    return loss
  }
}
