import Tensors

extension ONNXGraphBuilder {
  mutating func emitBatchNormalization(
    _ number: Int, _ input: String, _ settings: NormalizationSettings
  ) -> String {
    let node = model.graph.nodes[number]
    let names = parameters(of: number)
    let channels = node.shape.channels
    let gamma = names["gamma"] ?? ones(channels, node.layer)
    let beta = names["beta"] ?? zeros(channels, node.layer)
    return add(
      "BatchNormalization",
      [input, gamma, beta] + ["moving_mean", "moving_variance"].compactMap { names[$0] },
      node.layer, [.float("epsilon", settings.epsilon)])
  }

  /// An instance normalization of each group as if it were one channel, as PyTorch's exporter has it: ONNX's own
  /// GroupNormalization has parameters for each group in opset 18, and those of each channel from 21 on.
  mutating func emitGroupNormalization(
    _ number: Int, _ input: String, _ settings: NormalizationSettings, _ groups: Int
  ) -> String {
    let node = model.graph.nodes[number]
    // All lengths are said, since those of no image could not be inferred.
    let grouped = reshape(input, [groups, node.shape.elementCount / groups], node.layer)
    let normalized = add(
      "InstanceNormalization", [grouped, ones(groups, node.layer), zeros(groups, node.layer)],
      node.layer, [.float("epsilon", settings.epsilon)])
    var value = reshape(normalized, node.shape.channelsFirst, node.layer)
    let names = parameters(of: number, broadcast: true)
    if let gamma = names["gamma"] { value = add("Mul", [value, gamma], node.layer) }
    if let beta = names["beta"] { value = add("Add", [value, beta], node.layer) }
    return value
  }

  /// Of the last axis, which an image's channels have to be for it.
  mutating func emitLayerNormalization(
    _ number: Int, _ input: String, _ settings: NormalizationSettings
  ) -> String {
    let node = model.graph.nodes[number]
    let (shape, layer) = (node.shape, node.layer)
    let names = parameters(of: number)
    let value = shape.isFlat ? input : toChannelsLast(input, shape, layer)
    let gamma = names["gamma"] ?? ones(shape.channels, layer)
    let normalized = add(
      "LayerNormalization", [value, gamma] + (names["beta"].map { [$0] } ?? []), layer,
      [.integer("axis", -1), .float("epsilon", settings.epsilon)])
    return shape.isFlat ? normalized : toChannelsFirst(normalized, shape, layer)
  }

  private mutating func ones(_ count: Int, _ layer: String) -> String {
    constant("\(layer).ones", [count], [Float](repeating: 1, count: count))
  }

  private mutating func zeros(_ count: Int, _ layer: String) -> String {
    constant("\(layer).zeros", [count], [Float](repeating: 0, count: count))
  }
}
