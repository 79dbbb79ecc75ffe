import Specs
import Tensors

/// min(max(x + 3, 0), 6) ÷ 6, as Keras has it since version 3.
package struct HardSigmoid: LayerSpec {
  package static let type = "hard_sigmoid"
  package static let summary = "(x + 3) ÷ 6, brought between 0 and 1."
  package static let source: String? = "Howard et al. 2019; Keras's hard_sigmoid"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    Operation.hardSigmoid.reduce(input) { graph.append($1, layer: name, input: $0) }
  }
}
