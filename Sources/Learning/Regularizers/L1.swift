import Specs
import Tensors

/// Adds the sum of the absolute values, times `l1`, to the loss.
package struct L1: RegularizerSpec {
  package static let type = "l1"
  package static let summary = "Adds the sum of the absolute values, times a factor, to the loss."
  package static let source: String? = "Keras's L1"

  @Field("The factor.", example: "0.0001", .atLeast(0)) package var l1 = 0.01

  package init() {}

  package var regularizer: Regularizer { Regularizer(l1: Float(l1)) }
}
