import Specs
import Tensors

/// x where it is positive, else alpha · (exp(x) - 1).
package struct ELU: LayerSpec {
  package static let type = "elu"
  package static let summary = "Makes negative values alpha · (exp(x) - 1)."
  package static let source: String? = "Clevert, Unterthiner and Hochreiter 2016; Keras's ELU"

  @Field("What very negative values come to, without its sign.", .atLeast(0)) package var alpha =
    1.0

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.elu(alpha: Float(alpha))), layer: name, input: input)
  }
}
