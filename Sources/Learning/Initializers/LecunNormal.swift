import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 1 ÷ inputs.
package struct LecunNormal: InitializerSpec {
  package static let type = "lecun_normal"
  package static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 1 ÷ inputs."
  package static let source: String? = "LeCun et al. 1998; Keras's LecunNormal"

  package init() {}

  package var initializer: Initializer { .scaledNormal(scale: 1, fan: .input) }
}
