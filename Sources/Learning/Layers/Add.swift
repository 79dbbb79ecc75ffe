import Specs
import Tensors

/// The sum of its inputs, value by value, which all have one shape.
public struct Add: LayerSpec, MergingLayer {
  public static let type = "add"
  public static let summary = "The sum of its inputs, value by value."
  public static let source: String? = "Keras's Add"

  public init() {}

  public func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.add), layer: name, inputs: inputs)
  }
}
