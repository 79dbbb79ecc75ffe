import Specs
import Tensors

/// Uniform numbers of variance 2 ÷ (inputs + outputs).
package struct GlorotUniform: InitializerSpec {
  package static let type = "glorot_uniform"
  package static let summary = "Uniform numbers of variance 2 ÷ (inputs + outputs)."
  package static let source: String? = "Glorot and Bengio 2010; Keras's GlorotUniform"
  package static let otherNames = ["glorot", "xavier", "xavier_uniform"]

  package init() {}

  package var initializer: Initializer { .scaledUniform(scale: 1, fan: .average) }
}
