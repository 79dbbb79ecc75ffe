import Specs
import Tensors

/// The activation `sigmoid` as a layer of its own.
public struct Sigmoid: LayerSpec {
  public static let type = "sigmoid"
  public static let summary = "1 ÷ (1 + exp(-x)) of each value."
  public static let source: String? = "Keras's sigmoid"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.sigmoid), layer: name, input: input)
  }
}
