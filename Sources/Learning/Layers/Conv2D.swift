import Diagnostics
import Specs
import Tensors

/// A convolution over images.
package struct Conv2D: LayerSpec {
  package static let type = "conv2d"
  package static let summary = "Convolves images with learned filters."
  package static let source: String? = "Keras's Conv2D"
  package static let otherNames = ["conv", "convolution", "Convolution2D"]

  @Field("Number of output channels.", example: "32", .atLeast(1), .atMost(10_000)) package
    var filters: Int
  package var window = ConvolutionFields()
  @Field("Equal parts that channels and filters are cut into, each for itself.", .atLeast(1))
  package var groups = 1
  @Field("Function applied to the result.") package var activation: OneOf<ActivationCatalog>?
  package var bias = BiasFields()
  package var kernel = KernelFields()

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    guard filters % groups != 0 else { return }
    diagnostics.error(
      .unevenGroups, "\(filters) filters cannot be cut into \(groups) equal groups",
      at: $groups.location, hint: "use a number of groups that divides 'filters'")
  }

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    let window = window.window
    try needImage(graph, input)
    try needFit(window, graph, input)
    try needGroups(groups, graph, input)
    let node = try graph.append(
      .convolution2D(filters: filters, window: window, groups: groups, useBias: bias.useBias),
      layer: name, input: input, ["kernel": kernel.settings, "bias": bias.settings])
    return try graph.append(activation, layer: name, input: node)
  }
}
