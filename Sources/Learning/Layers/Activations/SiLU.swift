import Specs
import Tensors

/// x · sigmoid(x), also known as swish, as Keras's `silu`. Source: Elfwing, Uchibe, Doya 2018.
public struct SiLU: LayerSpec {
  public static let type = "silu"
  public static let summary = "Multiplies each value with its sigmoid."

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.silu), layer: name, input: input)
  }
}
