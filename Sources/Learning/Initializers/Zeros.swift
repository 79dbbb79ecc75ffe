import Specs
import Tensors

/// The number 0 everywhere.
package struct Zeros: InitializerSpec {
  package static let type = "zeros"
  package static let summary = "All 0."
  package static let source: String? = "Keras's Zeros"

  package init() {}

  package var initializer: Initializer { .zeros }
}
