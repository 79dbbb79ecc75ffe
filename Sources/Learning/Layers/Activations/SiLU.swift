import Specs
import Tensors

/// x · sigmoid(x), also known as swish.
package struct SiLU: LayerSpec {
  package static let type = "silu"
  package static let summary = "Multiplies each value with its sigmoid."
  package static let source: String? = "Elfwing, Uchibe and Doya 2018; Keras's silu"
  package static let otherNames = ["swish"]

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.silu), layer: name, input: input)
  }
}
