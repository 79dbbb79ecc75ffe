import Specs
import Tensors

/// Takes the mean of each window, of what lies inside the image.
public struct AveragePooling2D: LayerSpec {
  public static let type = "average_pooling2d"
  public static let summary = "Takes the mean of each window, by channel."
  public static let source: String? = "Keras's AveragePooling2D"

  public var pooling = PoolingFields()

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    try needFit(pooling.window, graph, input)
    return graph.append(.pooling2D(.average, pooling.window), layer: name, input: input)
  }
}
