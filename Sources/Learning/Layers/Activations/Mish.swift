import Specs
import Tensors

/// x · tanh(log(1 + eˣ)).
package struct Mish: LayerSpec {
  package static let type = "mish"
  package static let summary = "Multiplies each value x with tanh(log(1 + exp(x)))."
  package static let source: String? = "Misra 2020; Keras's mish"

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.mish), layer: name, input: input)
  }
}
