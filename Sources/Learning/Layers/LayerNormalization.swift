import Specs
import Tensors

/// Normalizes each pixel over its channels, and a vector over its values.
package struct LayerNormalization: LayerSpec {
  package static let type = "layer_normalization"
  package static let summary = "Normalizes each pixel over its channels, or each vector."
  package static let source: String? = "Ba, Kiros and Hinton 2016; Keras's LayerNormalization"
  package static let otherNames = ["LayerNorm"]

  package var fields = NormalizationFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try graph.append(
      .layerNormalization(fields.normalization), layer: name, input: input, fields.settings)
  }
}
