import Specs
import Tensors

/// The fields of a pooling's window.
package struct PoolingFields: FieldGroup {
  @Field("Height and width of the window, in pixels.", example: "2", .atLeast(1), .atMost(500))
  package var poolSize: Pair = 2
  @Field(
    "Step between windows, in pixels; by default the window's size.", .atLeast(1), .atMost(500))
  package var strides: Pair?
  @Field(
    "What happens at the border: windows inside the image alone (valid), one window at each step (same), or that many "
      + "rows and columns on each side, as in PyTorch. What lies outside does not count.",
    .range(0...500))
  package var padding: Window.Padding = .valid

  package init() {}

  var window: Window {
    Window(size: poolSize.vector, strides: (strides ?? poolSize).vector, padding: padding)
  }
}
