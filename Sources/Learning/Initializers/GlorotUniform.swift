import Specs
import Tensors

/// Uniform numbers of variance 2 ÷ (inputs + outputs), as Keras's `GlorotUniform`. Source: Glorot and Bengio 2010.
public struct GlorotUniform: InitializerSpec {
  public static let type = "glorot_uniform"
  public static let summary = "Uniform numbers of variance 2 ÷ (inputs + outputs)."

  public init() {}

  public var initializer: Initializer { .scaledUniform(scale: 1, fan: .average) }
}
