import Specs
import Tensors

/// x · Φ(x), exact and not by tanh.
public struct GELU: LayerSpec {
  public static let type = "gelu"
  public static let summary = "Multiplies each value with a normal distribution's share below it."
  public static let source: String? = "Hendrycks and Gimpel 2016; Keras's gelu"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.gelu), layer: name, input: input)
  }
}
