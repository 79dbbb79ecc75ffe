import Specs
import Tensors

/// Adds the sum of the absolute values, times `l1`, to the loss.
public struct L1: RegularizerSpec {
  public static let type = "l1"
  public static let summary = "Adds the sum of the absolute values, times a factor, to the loss."
  public static let source: String? = "Keras's L1"

  @Field("The factor.", example: "0.0001", .atLeast(0)) public var l1 = 0.01

  public init() {}

  public var regularizer: Regularizer { Regularizer(l1: Float(l1)) }
}
