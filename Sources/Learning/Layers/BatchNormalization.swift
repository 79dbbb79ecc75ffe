import Specs
import Tensors

/// Normalizes each channel over the whole batch.
package struct BatchNormalization: LayerSpec {
  package static let type = "batch_normalization"
  package static let summary = "Normalizes each channel over the whole batch."
  package static let source: String? = "Ioffe and Szegedy 2015; Keras's BatchNormalization"
  package static let otherNames = ["BatchNorm", "BatchNorm2d", "BatchNormalization2D", "bn"]

  @Field("Share of the moving mean and variance that a step leaves.", .range(0...1))
  package var momentum = 0.99
  package var fields = NormalizationFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try graph.append(
      .batchNormalization(fields.normalization, momentum: Float(momentum)), layer: name,
      input: input, fields.settings)
  }
}
