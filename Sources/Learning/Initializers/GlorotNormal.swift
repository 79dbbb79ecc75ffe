import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 2 ÷ (inputs + outputs).
package struct GlorotNormal: InitializerSpec {
  package static let type = "glorot_normal"
  package static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 2 ÷ (inputs + outputs)."
  package static let source: String? = "Glorot and Bengio 2010; Keras's GlorotNormal"
  package static let otherNames = ["xavier_normal"]

  package init() {}

  package var initializer: Initializer { .scaledNormal(scale: 1, fan: .average) }
}
