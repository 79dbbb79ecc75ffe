import Specs
import Tensors

/// Adds the sums of absolute values and of squares, times `l1` and `l2`, to the loss.
package struct L1L2: RegularizerSpec {
  package static let type = "l1_l2"
  package static let summary = "Adds the sums of absolute values and of squares to the loss."
  package static let source: String? = "Keras's L1L2"

  @Field("Factor of the absolute values.", example: "0.0001", .atLeast(0)) package var l1 = 0.0
  @Field("Factor of the squares.", example: "0.0001", .atLeast(0)) package var l2 = 0.0

  package init() {}

  package var regularizer: Regularizer { Regularizer(l1: Float(l1), l2: Float(l2)) }
}
