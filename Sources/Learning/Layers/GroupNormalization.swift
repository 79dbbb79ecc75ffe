import Specs
import Tensors

/// Normalizes each image over its pixels and groups of its channels.
package struct GroupNormalization: LayerSpec {
  package static let type = "group_normalization"
  package static let summary = "Normalizes each image over groups of its channels."
  package static let source: String? = "Wu and He 2018; Keras's GroupNormalization"
  package static let otherNames = ["GroupNorm"]

  @Field("Equal parts that the channels are cut into.", .atLeast(1)) package var groups = 32
  package var fields = NormalizationFields()

  package init() {}

  package func add(
    to graph: inout Graph, name: String, after input: Int
  ) throws(LayerError) -> Int {
    try needGroups(groups, graph, input)
    return try graph.append(
      .groupNormalization(fields.normalization, groups: groups), layer: name, input: input,
      fields.settings)
  }
}
