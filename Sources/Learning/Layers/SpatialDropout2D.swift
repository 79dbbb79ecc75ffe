import Specs
import Tensors

/// Dropout of whole channels.
package struct SpatialDropout2D: LayerSpec {
  package static let type = "spatial_dropout2d"
  package static let summary = "In training, sets random channels to zero and scales up the others."
  package static let source: String? = "Tompson et al. 2015; Keras's SpatialDropout2D"
  package static let otherNames = ["Dropout2d"]

  @Field("Share of the channels that become zero.", example: "0.2", .range(0..<1)) package var rate:
    Double

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.append(
      .dropout(rate: Float(rate), wholeChannels: true), layer: name, input: input)
  }
}
