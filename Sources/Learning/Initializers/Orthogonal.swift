import Specs
import Tensors

/// A random orthogonal matrix.
public struct Orthogonal: InitializerSpec {
  public static let type = "orthogonal"
  public static let summary = "A random orthogonal matrix, the outputs its columns."
  public static let source: String? = "Saxe et al. 2014; Keras's OrthogonalInitializer"

  @Field("Factor that the matrix is multiplied with.") public var gain = 1.0

  public init() {}

  public var initializer: Initializer { .orthogonal(gain: Float(gain)) }
}
