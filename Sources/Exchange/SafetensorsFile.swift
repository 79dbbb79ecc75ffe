import Documents
import Tensors

/// A network's weights as a safetensors file in PyTorch's names and layouts; see `pyTorchTensors`.
package enum SafetensorsFile {
  /// The file of `model` at `path`.
  ///
  /// Its metadata say `format: pt`, as the library itself does, and `layout: pytorch`. `channels_last` names the layers
  /// whose vectors keep the order height, width, channels although they are made of images.
  package static func files(of model: ExportedModel, at path: String) throws -> [ExportedFile] {
    var metadata = [
      "format": "pt", "layout": "pytorch", "experiment": model.name, "spec_hash": model.specHash,
      "class_names": PlainValue.list(model.classNames.map { .string($0) }).json,
    ]
    let unusual = model.graph.nodes.indices.filter { flattensChannelsLast($0, in: model.graph) }
    if !unusual.isEmpty {
      metadata["channels_last"] = unusual.map { model.graph.nodes[$0].layer }
        .joined(separator: ",")
    }
    let bytes = try Safetensors.encode(pyTorchTensors(of: model), metadata: metadata)
    return [ExportedFile(path: path, bytes: bytes)]
  }

  /// Whether node `number` makes a vector whose order PyTorch's own flattening would not give.
  private static func flattensChannelsLast(_ number: Int, in graph: Graph) -> Bool {
    let node = graph.nodes[number]
    guard node.shape.isFlat, let input = node.inputs.first.map({ graph.nodes[$0].shape }) else {
      return false
    }
    return !input.hasOneOrder && !graph.flattensChannelsFirst(number)
  }
}
