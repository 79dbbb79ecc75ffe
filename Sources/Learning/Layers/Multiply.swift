import Specs
import Tensors

/// The product of its inputs, value by value, which all have one shape.
public struct Multiply: LayerSpec, MergingLayer {
  public static let type = "multiply"
  public static let summary = "The product of its inputs, value by value."
  public static let source: String? = "Keras's Multiply"

  public init() {}

  public func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.multiply), layer: name, inputs: inputs)
  }
}
