import Specs
import Tensors

/// Keeps the largest value of each window.
package struct MaxPooling2D: LayerSpec {
  package static let type = "max_pooling2d"
  package static let summary = "Keeps the largest value of each window, by channel."
  package static let source: String? = "Keras's MaxPooling2D"
  package static let otherNames = ["MaxPool", "MaxPool2d", "MaxPooling"]

  package var pooling = PoolingFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    try needFit(pooling.window, graph, input)
    return graph.append(.pooling2D(.max, pooling.window), layer: name, input: input)
  }
}
