import Specs
import Tensors

/// The fields of a convolution's window.
package struct ConvolutionFields: FieldGroup {
  @Field("Height and width of the window, in pixels.", example: "3", .atLeast(1), .atMost(500))
  package var kernelSize: Pair
  @Field("Step between windows, in pixels.", .atLeast(1), .atMost(500)) package var strides: Pair =
    1
  @Field(
    "What happens at the border: windows inside the image alone (valid), one window at each step (same), or that many "
      + "rows and columns on each side, as in PyTorch. What lies outside is zero.",
    .range(0...500))
  package var padding: Window.Padding = .valid
  @Field(
    "Distance between the pixels that a window takes; 1 for neighbours.", .atLeast(1), .atMost(500))
  package var dilationRate: Pair = 1

  package init() {}

  var window: Window {
    Window(
      size: kernelSize.vector, strides: strides.vector, padding: padding,
      dilation: dilationRate.vector)
  }
}
