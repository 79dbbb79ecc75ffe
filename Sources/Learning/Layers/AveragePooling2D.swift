import Specs
import Tensors

/// Takes the mean of each window, of what lies inside the image.
package struct AveragePooling2D: LayerSpec {
  package static let type = "average_pooling2d"
  package static let summary = "Takes the mean of each window, by channel."
  package static let source: String? = "Keras's AveragePooling2D"
  package static let otherNames = ["AvgPool", "AvgPool2d"]

  package var pooling = PoolingFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    try needFit(pooling.window, graph, input)
    return graph.append(.pooling2D(.average, pooling.window), layer: name, input: input)
  }
}
