import Specs
import Tensors

/// Adds the sum of the squares, times `l2`, to the loss.
package struct L2: RegularizerSpec {
  package static let type = "l2"
  package static let summary = "Adds the sum of the squares, times a factor, to the loss."
  package static let source: String? = "Keras's L2"

  @Field("The factor.", example: "0.0001", .atLeast(0)) package var l2 = 0.01

  package init() {}

  package var regularizer: Regularizer { Regularizer(l2: Float(l2)) }
}
