import Specs
import Tensors

/// Keras's `Ones`.
public struct Ones: InitializerSpec {
  public static let type = "ones"
  public static let summary = "All 1."

  public init() {}

  public var initializer: Initializer { .ones }
}
