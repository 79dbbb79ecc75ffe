import Specs
import Tensors

/// A fully connected layer. Of an image it takes the channels of each pixel.
package struct Dense: LayerSpec {
  package static let type = "dense"
  package static let summary =
    "Connects every input with every output; of images, the channels of each pixel."
  package static let source: String? = "Keras's Dense"
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
    let operation = Operation.dense(units: units, useBias: bias.useBias)
    let settings = ["kernel": kernel.settings, "bias": bias.settings]
    guard !shape.isFlat else {
      let node = try graph.append(operation, layer: name, input: input, settings)
      return try graph.append(activation, layer: name, input: node)
    }
    // A convolution by single pixels, whose kernel has the same numbers in the same order.
    var parameters = operation.parameters(for: [ImageShape(flat: shape.channels)])
    try parameters.apply(settings)
    let convolution = Operation.convolution2D(
      filters: units, window: Window(size: [1, 1], strides: [1, 1], padding: .valid),
      useBias: bias.useBias)
    let node = graph.append(convolution, layer: name, inputs: [input], parameters: parameters)
    return try graph.append(activation, layer: name, input: node)
  }
}
