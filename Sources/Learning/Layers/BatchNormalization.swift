import Specs
import Tensors

/// Normalizes each channel over the whole batch.
public struct BatchNormalization: LayerSpec {
  public static let type = "batch_normalization"
  public static let summary = "Normalizes each channel over the whole batch."
  public static let source: String? = "Ioffe and Szegedy 2015; Keras's BatchNormalization"

  @Field("Share of the moving mean and variance that a step leaves.", .range(0...1))
  public var momentum = 0.99
  public var fields = NormalizationFields()

  public init() {}

  public func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try graph.append(
      .batchNormalization(fields.normalization, momentum: Float(momentum)), layer: name,
      input: input, fields.settings)
  }
}
