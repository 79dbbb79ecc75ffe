import Tensors

extension ExportedModel {
  /// The weights in PyTorch's layouts and names; see `Graph.channelsFirstLayouts`.
  ///
  /// PyTorch's normalizations have both `weight` and `bias` or neither: if the graph has only one of them, the other is
  /// there as ones or zeros.
  package var pyTorchTensors: NamedTensors {
    let tensors = Dictionary(uniqueKeysWithValues: parameters.entries.map { ($0.name, $0.tensor) })
    var result = NamedTensors()
    for (number, node) in graph.nodes.enumerated() {
      for layout in graph.channelsFirstLayouts(of: number) {
        guard let tensor = tensors[layout.parameter] else {
          preconditionFailure("'\(layout.parameter)' is missing")
        }
        result.entries.append(.init(name: layout.name, tensor: layout.arranged(tensor)))
      }
      guard let settings = node.operation.normalization, settings.center != settings.scale else {
        continue
      }
      let channels = node.shape.channels
      let (name, value): (String, Float) = settings.center ? ("weight", 1) : ("bias", 0)
      result.entries.append(
        .init(
          name: "\(graph.pyTorchModule(of: number)).\(name)",
          tensor: Tensor(shape: [channels], values: [Float](repeating: value, count: channels))))
    }
    return result
  }
}
