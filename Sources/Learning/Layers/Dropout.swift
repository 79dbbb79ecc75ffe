import Specs
import Tensors

/// Inverted dropout.
package struct Dropout: LayerSpec {
  package static let type = "dropout"
  package static let summary = "In training, sets random values to zero and scales up the others."
  package static let source: String? = "Srivastava et al. 2014; Keras's Dropout"

  @Field("Share of the values that become zero.", example: "0.5", .range(0..<1)) package var rate:
    Double

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.dropout(rate: Float(rate)), layer: name, input: input)
  }
}
