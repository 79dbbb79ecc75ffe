import Specs
import Tensors

/// A convolution of each channel with filters of its own.
package struct DepthwiseConv2D: LayerSpec {
  package static let type = "depthwise_conv2d"
  package static let summary = "Convolves each channel with learned filters of its own."
  package static let source: String? = "Keras's DepthwiseConv2D"
  package static let otherNames = ["depthwise", "depthwise_convolution"]

  package var window = ConvolutionFields()
  @Field("Filters for each channel.", .atLeast(1), .atMost(1000)) package var depthMultiplier = 1
  @Field("Function applied to the result.") package var activation: OneOf<ActivationCatalog>?
  package var bias = BiasFields()
  package var kernel = DepthwiseFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let window = window.window
    try needImage(graph, input)
    try needFit(window, graph, input)
    let node = try graph.appendDepthwise(
      window, multiplier: depthMultiplier, kernel: "kernel", kernel.settings,
      bias: bias.useBias ? bias.settings : nil, layer: name, input: input)
    return try graph.append(activation, layer: name, input: node)
  }
}

extension Graph {
  /// Adds a convolution of each channel for itself. Its kernel has Keras's shape, in which the same numbers stand in
  /// the same order, and is drawn as Keras draws it, which counts all channels as inputs of each output.
  mutating func appendDepthwise(
    _ window: Window, multiplier: Int, kernel kernelName: String, _ kernel: ParameterSettings,
    bias: ParameterSettings?, layer: String, input: Int
  ) throws(LayerError) -> Int {
    let shape = nodes[input].shape
    let operation = Operation.convolution2D(
      filters: shape.channels * multiplier, window: window, groups: shape.channels,
      useBias: bias != nil)
    var parameters = operation.parameters(for: [shape])
    let area = window.size.x * window.size.y
    parameters[0] = Parameter(
      name: kernelName, shape: [window.size.x, window.size.y, shape.channels, multiplier],
      role: .kernel, initializer: .glorotUniform,
      fanIn: area * shape.channels, fanOut: area * multiplier)
    try kernel.apply(to: &parameters[0])
    if let bias { try bias.apply(to: &parameters[1]) }
    return append(operation, layer: layer, inputs: [input], parameters: parameters)
  }
}
