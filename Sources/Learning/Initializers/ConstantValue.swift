import Specs
import Tensors

/// One number everywhere.
public struct ConstantValue: InitializerSpec {
  public static let type = "constant"
  public static let summary = "All the same number."
  public static let source: String? = "Keras's Constant"

  @Field("The number.", example: "0.1") public var value = 0.0

  public init() {}

  public var initializer: Initializer { .constant(Float(value)) }
}
