import Specs
import Tensors

/// Uniform numbers of variance 2 ÷ (inputs + outputs).
public struct GlorotUniform: InitializerSpec {
  public static let type = "glorot_uniform"
  public static let summary = "Uniform numbers of variance 2 ÷ (inputs + outputs)."
  public static let source: String? = "Glorot and Bengio 2010; Keras's GlorotUniform"

  public init() {}

  public var initializer: Initializer { .scaledUniform(scale: 1, fan: .average) }
}
