import Specs
import Tensors

/// Uniform numbers of variance 1 ÷ inputs.
package struct LecunUniform: InitializerSpec {
  package static let type = "lecun_uniform"
  package static let summary = "Uniform numbers of variance 1 ÷ inputs."
  package static let source: String? = "LeCun et al. 1998; Keras's LecunUniform"

  package init() {}

  package var initializer: Initializer { .scaledUniform(scale: 1, fan: .input) }
}
