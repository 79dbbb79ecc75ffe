import Specs
import Tensors

/// Uniform numbers of variance 2 ÷ inputs.
public struct HeUniform: InitializerSpec {
  public static let type = "he_uniform"
  public static let summary = "Uniform numbers of variance 2 ÷ inputs."
  public static let source: String? = "He et al. 2015; Keras's HeUniform"

  public init() {}

  public var initializer: Initializer { .scaledUniform(scale: 2, fan: .input) }
}
