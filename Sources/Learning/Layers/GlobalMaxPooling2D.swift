import Specs
import Tensors

/// The largest value of each channel.
public struct GlobalMaxPooling2D: LayerSpec {
  public static let type = "global_max_pooling2d"
  public static let summary = "The largest value of each channel, as a vector."
  public static let source: String? = "Keras's GlobalMaxPooling2D"

  @Field("Whether the result is an image of one pixel instead of a vector.")
  public var keepdims = false

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.appendGlobalPooling(.max, layer: name, input: input, isFlat: !keepdims)
  }
}
