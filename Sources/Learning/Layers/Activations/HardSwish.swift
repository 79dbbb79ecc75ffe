import Specs
import Tensors

/// x · min(max(x + 3, 0), 6) ÷ 6.
package struct HardSwish: LayerSpec {
  package static let type = "hard_swish"
  package static let summary = "Multiplies each value x with (x + 3) ÷ 6, brought between 0 and 1."
  package static let source: String? = "Howard et al. 2019; Keras's hard_swish"
  package static let otherNames = ["hard_silu"]

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.hardSwish), layer: name, input: input)
  }
}
