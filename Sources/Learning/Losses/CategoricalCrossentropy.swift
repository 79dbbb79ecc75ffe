import Specs
import Tensors

/// Minus the logarithm of the probability of the image's class.
///
///     -Σ target · log p
///
/// The logarithms come from the softmax itself, so there is no smallest probability to clip at.
package struct CategoricalCrossentropy: LossSpec {
  package static let type = "categorical_crossentropy"
  package static let summary = "Minus the logarithm of the probability of the right class."
  package static let source: String? = "Keras's CategoricalCrossentropy"
  package static let otherNames = [
    "sparse_categorical_crossentropy", "crossentropy", "CrossEntropyLoss", "NLLLoss", "log_loss",
  ]

  package var settings = TargetSettings()

  package init() {}

  package var plainFunction: any LossFunction { Crossentropy() }
}

/// -Σ target · log p
struct Crossentropy: LossFunction {
  func callAsFunction(
    _ logarithms: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Float>,
    slopes: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    var loss = 0.0
    for index in logarithms.indices {
      let target = Double(targets[index])
      slopes[index] = -target
      // Without the check a probability of 0 would make 0 · ∞ of a class that nobody asks for.
      if target != 0 { loss -= target * logarithms[index] }
    }
    return loss
  }
}
