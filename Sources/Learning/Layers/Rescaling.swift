import Specs
import Tensors

/// x · scale + offset.
package struct Rescaling: LayerSpec {
  package static let type = "rescaling"
  package static let summary = "Multiplies each value with a number, and adds another."
  package static let source: String? = "Keras's Rescaling"

  @Field("What values are multiplied with.", example: "2.0") package var scale: Double
  @Field("What is added then.") package var offset = 0.0

  package init() {}

  package func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(
      .rescaling(scale: Float(scale), offset: Float(offset)), layer: name, input: input)
  }
}
