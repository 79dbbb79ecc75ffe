import Specs
import Tensors

/// Keras's `Constant`.
public struct ConstantValue: InitializerSpec {
  public static let type = "constant"
  public static let summary = "All the same number."

  @Field("The number.") public var value = 0.0

  public init() {}

  public var initializer: Initializer { .constant(Float(value)) }
}
