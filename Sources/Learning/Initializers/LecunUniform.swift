import Specs
import Tensors

/// Uniform numbers of variance 1 ÷ inputs.
public struct LecunUniform: InitializerSpec {
  public static let type = "lecun_uniform"
  public static let summary = "Uniform numbers of variance 1 ÷ inputs."
  public static let source: String? = "LeCun et al. 1998; Keras's LecunUniform"

  public init() {}

  public var initializer: Initializer { .scaledUniform(scale: 1, fan: .input) }
}
