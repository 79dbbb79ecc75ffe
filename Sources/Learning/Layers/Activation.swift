import Specs
import Tensors

/// A function of each value, as a layer of its own: `{type: activation, activation: relu}` is `relu`.
package struct Activation: LayerSpec {
  package static let type = "activation"
  package static let summary = "Applies a function, as a layer of its own."
  package static let source: String? = "Keras's Activation"

  @Field("The function.", example: "relu") package var activation: OneOf<ActivationCatalog>

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try activation.value.add(to: &graph, name: name, after: input)
  }
}
