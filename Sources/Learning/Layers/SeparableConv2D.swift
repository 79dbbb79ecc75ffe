import Specs
import Tensors

/// A convolution of each channel for itself, then one of single pixels over all channels.
package struct SeparableConv2D: LayerSpec {
  package static let type = "separable_conv2d"
  package static let summary = "Convolves each channel for itself, then mixes the channels."
  package static let source: String? = "Chollet 2017; Keras's SeparableConv2D"
  package static let otherNames = ["separable"]

  @Field("Number of output channels.", example: "32", .atLeast(1), .atMost(10_000)) package
    var filters: Int
  package var window = ConvolutionFields()
  @Field("Filters for each channel before they are mixed.", .atLeast(1), .atMost(1000))
  package var depthMultiplier = 1
  @Field("Function applied to the result.") package var activation: OneOf<ActivationCatalog>?
  package var bias = BiasFields()
  package var depthwise = DepthwiseFields()
  @Field("How the kernel that mixes the channels is drawn before training.")
  package var pointwiseInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel that mixes the channels small.")
  package var pointwiseRegularizer: OneOf<RegularizerCatalog>?
  @Field(
    "What the kernel that mixes the channels is brought back to after each step of the optimizer.")
  package var pointwiseConstraint: OneOf<ConstraintCatalog>?

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let window = window.window
    try needImage(graph, input)
    try needFit(window, graph, input)
    let middle = try graph.appendDepthwise(
      window, multiplier: depthMultiplier, kernel: "depthwise_kernel", depthwise.settings,
      bias: nil, layer: name, input: input)
    let operation = Operation.convolution2D(
      filters: filters, window: Window(size: [1, 1], strides: [1, 1], padding: .valid),
      useBias: bias.useBias)
    var parameters = operation.parameters(for: [graph.nodes[middle].shape])
    parameters[0].name = "pointwise_kernel"
    try ParameterSettings(pointwiseInitializer, pointwiseRegularizer, pointwiseConstraint)
      .apply(to: &parameters[0])
    if bias.useBias { try bias.settings.apply(to: &parameters[1]) }
    let node = graph.append(operation, layer: name, inputs: [middle], parameters: parameters)
    return try graph.append(activation, layer: name, input: node)
  }
}
