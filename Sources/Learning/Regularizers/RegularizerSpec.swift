import Specs
import Tensors

/// A regularizer as a spec declares it.
package protocol RegularizerSpec: Spec {
  var regularizer: Regularizer { get }
}
