import Specs
import Tensors

/// The activation `sigmoid` as a layer of its own.
package struct Sigmoid: LayerSpec {
  package static let type = "sigmoid"
  package static let summary = "1 ÷ (1 + exp(-x)) of each value."
  package static let source: String? = "Keras's sigmoid"
  package static let otherNames = ["logistic"]

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.activation(.sigmoid), layer: name, input: input)
  }
}
