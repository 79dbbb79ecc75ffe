import Specs
import Tensors

/// x · sigmoid(x), also known as swish.
public struct SiLU: LayerSpec {
  public static let type = "silu"
  public static let summary = "Multiplies each value with its sigmoid."
  public static let source: String? = "Elfwing, Uchibe and Doya 2018; Keras's silu"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.silu), layer: name, input: input)
  }
}
