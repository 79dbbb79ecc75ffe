import Specs
import Tensors

/// Normalizes each pixel over its channels, and a vector over its values.
public struct LayerNormalization: LayerSpec {
  public static let type = "layer_normalization"
  public static let summary = "Normalizes each pixel over its channels, or each vector."
  public static let source: String? = "Ba, Kiros and Hinton 2016; Keras's LayerNormalization"

  public var fields = NormalizationFields()

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try graph.append(
      .layerNormalization(fields.normalization), layer: name, input: input, fields.settings)
  }
}
