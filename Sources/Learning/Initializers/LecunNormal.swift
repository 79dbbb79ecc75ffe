import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 1 ÷ inputs.
public struct LecunNormal: InitializerSpec {
  public static let type = "lecun_normal"
  public static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 1 ÷ inputs."
  public static let source: String? = "LeCun et al. 1998; Keras's LecunNormal"

  public init() {}

  public var initializer: Initializer { .scaledNormal(scale: 1, fan: .input) }
}
