import Specs
import Tensors

/// The largest value of each channel.
package struct GlobalMaxPooling2D: LayerSpec {
  package static let type = "global_max_pooling2d"
  package static let summary = "The largest value of each channel, as a vector."
  package static let source: String? = "Keras's GlobalMaxPooling2D"
  package static let otherNames = ["GlobalMaxPool2D", "AdaptiveMaxPool2d"]

  @Field("Whether the result is an image of one pixel instead of a vector.")
  package var keepdims = false

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.appendGlobalPooling(.max, layer: name, input: input, isFlat: !keepdims)
  }
}
