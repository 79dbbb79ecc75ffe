import Specs
import Tensors

/// The activation `tanh` as a layer of its own.
public struct Tanh: LayerSpec {
  public static let type = "tanh"
  public static let summary = "Hyperbolic tangent of each value."
  public static let source: String? = "Keras's tanh"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.tanh), layer: name, input: input)
  }
}
