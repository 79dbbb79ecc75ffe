import Specs
import Tensors

/// An initializer as a spec declares it.
public protocol InitializerSpec: Spec {
  var initializer: Initializer { get }
}
