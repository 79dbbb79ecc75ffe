import Specs
import Tensors

/// A regularizer as a spec declares it.
public protocol RegularizerSpec: Spec {
  var regularizer: Regularizer { get }
}
