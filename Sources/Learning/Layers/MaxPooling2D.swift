import Specs
import Tensors

/// Keeps the largest value of each window. Computes what Keras's `MaxPooling2D` computes.
public struct MaxPooling2D: LayerSpec {
  public static let type = "max_pooling2d"
  public static let summary = "Keeps the largest value of each window, by channel."

  @Field("Height and width of the window, in pixels.", .atLeast(1), .atMost(500))
  public var poolSize: Pair = 2
  @Field(
    "Step between windows, in pixels; by default the window's size.", .atLeast(1), .atMost(500))
  public var strides: Pair?
  @Field("What happens at the border.") public var padding: Window.Padding = .valid

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let window = Window(
      size: poolSize.vector, strides: (strides ?? poolSize).vector, padding: padding)
    try needImage(graph, input)
    try needFit(window, graph, input)
    return graph.append(.pooling2D(.max, window), layer: name, input: input)
  }
}
