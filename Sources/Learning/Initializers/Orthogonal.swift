import Specs
import Tensors

/// A random orthogonal matrix.
package struct Orthogonal: InitializerSpec {
  package static let type = "orthogonal"
  package static let summary = "A random orthogonal matrix, the outputs its columns."
  package static let source: String? = "Saxe et al. 2014; Keras's OrthogonalInitializer"

  @Field("Factor that the matrix is multiplied with.") package var gain = 1.0

  package init() {}

  package var initializer: Initializer { .orthogonal(gain: Float(gain)) }
}
