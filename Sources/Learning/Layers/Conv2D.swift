import Specs
import Tensors

/// A convolution over images. Computes what Keras's `Conv2D` computes.
public struct Conv2D: LayerSpec {
  public static let type = "conv2d"
  public static let summary = "Convolves images with learned filters."

  @Field("Number of output channels.", .atLeast(1), .atMost(10_000)) public var filters: Int
  @Field("Height and width of the window, in pixels.", .atLeast(1), .atMost(500))
  public var kernelSize: Pair
  @Field("Step between windows, in pixels.", .atLeast(1), .atMost(500)) public var strides: Pair = 1
  @Field("What happens at the border.") public var padding: Window.Padding = .valid
  @Field("Function applied to the result.") public var activation: OneOf<ActivationCatalog>?
  @Field("Whether a learned number is added to each output channel.") public var useBias = true

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let window = Window(size: kernelSize.vector, strides: strides.vector, padding: padding)
    try needImage(graph, input)
    try needFit(window, graph, input)
    let node = graph.append(
      .convolution2D(filters: filters, window: window, useBias: useBias), layer: name, input: input)
    return try graph.append(activation, layer: name, input: node)
  }
}
