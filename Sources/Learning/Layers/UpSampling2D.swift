import Specs
import Tensors

/// Larger images, each of whose pixels stands several times.
package struct UpSampling2D: LayerSpec {
  package static let type = "upsampling2d"
  package static let summary = "Makes images larger by repeating rows and columns."
  package static let source: String? = "Keras's UpSampling2D, to nearest pixels"
  package static let otherNames = ["UpSampling2D", "Upsample", "UpsamplingNearest2d"]

  /// The ways to compute the pixels between those of the input.
  package enum Interpolation: String, CaseIterable, SpecValue {
    /// The nearest pixel alone.
    case nearest
  }

  @Field("Times that each row and each column is repeated.", .atLeast(1), .atMost(500))
  package var size: Pair = 2
  @Field(
    "How pixels between those of the input are computed; 'nearest' repeats them, and is all there is."
  )
  package var interpolation = Interpolation.nearest

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needImage(graph, input)
    return graph.append(.upSampling2D(size: size.vector), layer: name, input: input)
  }
}
