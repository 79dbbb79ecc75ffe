import Specs
import Tensors

/// log(1 + eˣ).
public struct Softplus: LayerSpec {
  public static let type = "softplus"
  public static let summary = "log(1 + exp(x)) of each value."
  public static let source: String? = "Dugas et al. 2001; Keras's softplus"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.softplus), layer: name, input: input)
  }
}
