import Specs
import Tensors

/// The number 0 everywhere.
public struct Zeros: InitializerSpec {
  public static let type = "zeros"
  public static let summary = "All 0."
  public static let source: String? = "Keras's Zeros"

  public init() {}

  public var initializer: Initializer { .zeros }
}
