import Specs
import Tensors

/// Normal numbers, cut off at two standard deviations, of variance 2 ÷ inputs, as Keras's `HeNormal`. Source: He et al. 2015.
public struct HeNormal: InitializerSpec {
  public static let type = "he_normal"
  public static let summary =
    "Normal numbers, cut off at two standard deviations, of variance 2 ÷ inputs."

  public init() {}

  public var initializer: Initializer { .scaledNormal(scale: 2, fan: .input) }
}
