import Specs
import Tensors

/// x · Φ(x), as Keras's `gelu`, exact and not by tanh. Source: Hendrycks and Gimpel 2016.
public struct GELU: LayerSpec {
  public static let type = "gelu"
  public static let summary = "Multiplies each value with a normal distribution's share below it."

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.gelu), layer: name, input: input)
  }
}
