import Specs
import Tensors

/// min(max(x, 0), 6).
package struct ReLU6: LayerSpec {
  package static let type = "relu6"
  package static let summary = "Sets negative values to zero, and those above 6 to 6."
  package static let source: String? = "Sandler et al. 2018; Keras's relu6"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.boundedReLU(maximum: 6)), layer: name, input: input)
  }
}
