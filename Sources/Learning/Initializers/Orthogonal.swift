import Specs
import Tensors

/// A random orthogonal matrix, as Keras's `OrthogonalInitializer`. Source: Saxe et al. 2014.
public struct Orthogonal: InitializerSpec {
  public static let type = "orthogonal"
  public static let summary = "A random orthogonal matrix, the outputs its columns."

  @Field("Factor that the matrix is multiplied with.") public var gain = 1.0

  public init() {}

  public var initializer: Initializer { .orthogonal(gain: Float(gain)) }
}
