import Specs
import Tensors

/// Uniform numbers of variance 2 ÷ inputs.
package struct HeUniform: InitializerSpec {
  package static let type = "he_uniform"
  package static let summary = "Uniform numbers of variance 2 ÷ inputs."
  package static let source: String? = "He et al. 2015; Keras's HeUniform"
  package static let otherNames = ["kaiming_uniform"]

  package init() {}

  package var initializer: Initializer { .scaledUniform(scale: 2, fan: .input) }
}
