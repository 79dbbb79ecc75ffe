import Specs
import Tensors

/// An initializer as a spec declares it.
package protocol InitializerSpec: Spec {
  var initializer: Initializer { get }
}
