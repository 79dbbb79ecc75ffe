import Specs
import Tensors

/// The activation `relu` as a layer of its own.
public struct ReLU: LayerSpec {
  public static let type = "relu"
  public static let summary = "Sets negative values to zero."
  public static let source: String? = "Keras's ReLU"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.relu), layer: name, input: input)
  }
}
