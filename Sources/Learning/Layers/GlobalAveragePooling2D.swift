import Specs
import Tensors

/// The mean of each channel.
package struct GlobalAveragePooling2D: LayerSpec {
  package static let type = "global_average_pooling2d"
  package static let summary = "The mean of each channel, as a vector."
  package static let source: String? = "Keras's GlobalAveragePooling2D"
  package static let otherNames = ["GlobalAvgPool2D", "AdaptiveAvgPool2d", "GlobalAveragePooling"]

  @Field("Whether the result is an image of one pixel instead of a vector.")
  package var keepdims = false

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.appendGlobalPooling(.average, layer: name, input: input, isFlat: !keepdims)
  }
}
