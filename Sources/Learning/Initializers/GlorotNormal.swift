import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 2 ÷ (inputs + outputs).
public struct GlorotNormal: InitializerSpec {
  public static let type = "glorot_normal"
  public static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 2 ÷ (inputs + outputs)."
  public static let source: String? = "Glorot and Bengio 2010; Keras's GlorotNormal"

  public init() {}

  public var initializer: Initializer { .scaledNormal(scale: 1, fan: .average) }
}
