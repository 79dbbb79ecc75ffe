import Specs
import Tensors

/// One number everywhere.
package struct ConstantValue: InitializerSpec {
  package static let type = "constant"
  package static let summary = "All the same number."
  package static let source: String? = "Keras's Constant"

  @Field("The number.", example: "0.1") package var value = 0.0

  package init() {}

  package var initializer: Initializer { .constant(Float(value)) }
}
