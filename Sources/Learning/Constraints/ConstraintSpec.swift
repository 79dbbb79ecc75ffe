import Specs
import Tensors

/// A constraint as a spec declares it.
package protocol ConstraintSpec: Spec {
  var constraint: Constraint { get }
}
