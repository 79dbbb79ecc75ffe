import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 2 ÷ inputs.
package struct HeNormal: InitializerSpec {
  package static let type = "he_normal"
  package static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 2 ÷ inputs."
  package static let source: String? = "He et al. 2015; Keras's HeNormal"
  package static let otherNames = ["he", "kaiming", "kaiming_normal"]

  package init() {}

  package var initializer: Initializer { .scaledNormal(scale: 2, fan: .input) }
}
