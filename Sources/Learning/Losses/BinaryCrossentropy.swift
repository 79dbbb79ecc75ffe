import Specs
import Tensors

/// Minus the logarithm of the probability of the right one of two classes, of which the network gives the second.
///
///     -target · log p - (1 - target) · log(1 - p)
///
/// This is the crossentropy of the probabilities 1 − p and p. The logarithms come from what goes into the sigmoid, so
/// there is no smallest probability to clip at.
package struct BinaryCrossentropy: LossSpec {
  package static let type = "binary_crossentropy"
  package static let summary =
    "Minus the logarithm of the probability of the right one of two classes, from a single sigmoid."
  package static let source: String? = "Keras's BinaryCrossentropy"
  package static let otherNames = ["bce", "BCELoss", "BCEWithLogitsLoss"]

  package var settings = TargetSettings()

  package init() {}

  package var plainFunction: any LossFunction { Crossentropy() }
  package var output: NetworkOutput { .sigmoid }
}
