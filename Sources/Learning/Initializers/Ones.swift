import Specs
import Tensors

/// The number 1 everywhere.
public struct Ones: InitializerSpec {
  public static let type = "ones"
  public static let summary = "All 1."
  public static let source: String? = "Keras's Ones"

  public init() {}

  public var initializer: Initializer { .ones }
}
