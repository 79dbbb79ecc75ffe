import Specs
import Tensors

/// Adds the sum of the squares, times `l2`, to the loss.
public struct L2: RegularizerSpec {
  public static let type = "l2"
  public static let summary = "Adds the sum of the squares, times a factor, to the loss."
  public static let source: String? = "Keras's L2"

  @Field("The factor.", example: "0.0001", .atLeast(0)) public var l2 = 0.01

  public init() {}

  public var regularizer: Regularizer { Regularizer(l2: Float(l2)) }
}
