import Specs
import Tensors

/// The largest of its inputs, value by value, which all have one shape.
public struct Maximum: LayerSpec, MergingLayer {
  public static let type = "maximum"
  public static let summary = "The largest of its inputs, value by value."
  public static let source: String? = "Keras's Maximum"

  public init() {}

  public func add(
    to graph: inout Graph, name: String, merging inputs: [Int]
  ) throws(LayerError) -> Int {
    try needOneShape(graph, inputs)
    return graph.append(.combination(.maximum), layer: name, inputs: inputs)
  }
}
