import Specs
import Tensors

/// A fully connected layer.
package struct Dense: LayerSpec {
  package static let type = "dense"
  package static let summary = "Connects every input with every output."
  package static let source: String? = "Keras's Dense, for vectors"
  package static let otherNames = ["linear", "fc", "fully_connected"]

  @Field("Number of outputs.", example: "128", .atLeast(1), .atMost(1_000_000)) package var units:
    Int
  @Field("Function applied to the result.") package var activation: OneOf<ActivationCatalog>?
  package var bias = BiasFields()
  package var kernel = KernelFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let shape = graph.nodes[input].shape
    guard shape.isFlat else {
      throw LayerError(
        "'dense' needs a flat input, got \(shape)", hint: "insert '- {type: flatten}' before it")
    }
    let node = try graph.append(
      .dense(units: units, useBias: bias.useBias), layer: name, input: input,
      ["kernel": kernel.settings, "bias": bias.settings])
    return try graph.append(activation, layer: name, input: node)
  }
}
