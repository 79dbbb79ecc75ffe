import Specs
import Tensors

/// The number 1 everywhere.
package struct Ones: InitializerSpec {
  package static let type = "ones"
  package static let summary = "All 1."
  package static let source: String? = "Keras's Ones"

  package init() {}

  package var initializer: Initializer { .ones }
}
