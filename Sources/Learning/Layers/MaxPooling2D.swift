import Specs
import Tensors

/// Keeps the largest value of each window.
public struct MaxPooling2D: LayerSpec {
  public static let type = "max_pooling2d"
  public static let summary = "Keeps the largest value of each window, by channel."
  public static let source: String? = "Keras's MaxPooling2D"

  public var pooling = PoolingFields()

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    try needFit(pooling.window, graph, input)
    return graph.append(.pooling2D(.max, pooling.window), layer: name, input: input)
  }
}
