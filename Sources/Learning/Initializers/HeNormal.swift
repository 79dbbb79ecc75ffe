import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 2 ÷ inputs.
public struct HeNormal: InitializerSpec {
  public static let type = "he_normal"
  public static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 2 ÷ inputs."
  public static let source: String? = "He et al. 2015; Keras's HeNormal"

  public init() {}

  public var initializer: Initializer { .scaledNormal(scale: 2, fan: .input) }
}
