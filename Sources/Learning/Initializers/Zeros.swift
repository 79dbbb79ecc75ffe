import Specs
import Tensors

/// Keras's `Zeros`.
public struct Zeros: InitializerSpec {
  public static let type = "zeros"
  public static let summary = "All 0."

  public init() {}

  public var initializer: Initializer { .zeros }
}
