import Specs
import Tensors

/// The activation `softmax` as a layer of its own.
public struct Softmax: LayerSpec {
  public static let type = "softmax"
  public static let summary = "Makes each vector, or each pixel's channels, positive with sum 1."
  public static let source: String? = "Keras's Softmax"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.softmax), layer: name, input: input)
  }
}
