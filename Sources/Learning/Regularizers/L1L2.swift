import Specs
import Tensors

/// Adds the sums of absolute values and of squares, times `l1` and `l2`, to the loss.
public struct L1L2: RegularizerSpec {
  public static let type = "l1_l2"
  public static let summary = "Adds the sums of absolute values and of squares to the loss."
  public static let source: String? = "Keras's L1L2"

  @Field("Factor of the absolute values.", example: "0.0001", .atLeast(0)) public var l1 = 0.0
  @Field("Factor of the squares.", example: "0.0001", .atLeast(0)) public var l2 = 0.0

  public init() {}

  public var regularizer: Regularizer { Regularizer(l1: Float(l1), l2: Float(l2)) }
}
