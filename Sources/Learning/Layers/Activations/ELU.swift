import Specs
import Tensors

/// x where it is positive, else alpha · (exp(x) - 1).
public struct ELU: LayerSpec {
  public static let type = "elu"
  public static let summary = "Makes negative values alpha · (exp(x) - 1)."
  public static let source: String? = "Clevert, Unterthiner and Hochreiter 2016; Keras's ELU"

  @Field("What very negative values come to, without its sign.", .atLeast(0)) public var alpha = 1.0

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.elu(alpha: Float(alpha))), layer: name, input: input)
  }
}
