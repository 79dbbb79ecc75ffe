import Specs
import Tensors

/// The mean of its inputs, value by value, which all have one shape.
public struct Average: LayerSpec, MergingLayer {
  public static let type = "average"
  public static let summary = "The mean of its inputs, value by value."
  public static let source: String? = "Keras's Average"

  public init() {}

  public func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.average), layer: name, inputs: inputs)
  }
}
