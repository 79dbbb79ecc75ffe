import Specs
import Tensors

/// No value below 0.
package struct NonNeg: ConstraintSpec {
  package static let type = "non_neg"
  package static let summary = "Sets negative values to zero."
  package static let source: String? = "Keras's NonNeg"

  package init() {}

  package var constraint: Constraint { .nonNegative }
}
